import type { SendMany } from '@headframe/send-many/send-many'

/** Where the same bytes go as to others. */
export interface SharedOutput {
  /** The socket, when bytes that are sent straight to it keep their order; otherwise -1. */
  readonly directFd: number
  /** Writes bytes behind all that was written before; a buffer holds what the socket does not take. */
  push(bytes: string | Uint8Array): void
}

/**
 * Writes the same bytes to many outputs: by one call of the addon, and where that does not do, each by itself. What a
 * socket has not taken, because its peer does not read or is gone, is pushed, and so is everything where the addon is
 * missing: there is one rule for full buffers and dead peers, and it is that of `push`.
 */
export class ManyWriter {
  readonly #sendMany: SendMany | undefined
  readonly #fds: Int32Array
  readonly #sent: Int32Array

  /** For `capacity` outputs at a time; `sendMany` is undefined where there is no addon. */
  constructor(capacity: number, sendMany: SendMany | undefined) {
    this.#sendMany = sendMany
    this.#fds = new Int32Array(capacity)
    this.#sent = new Int32Array(capacity)
  }

  /** Throws RangeError beyond the capacity. */
  write(outputs: readonly SharedOutput[], bytes: Buffer): void {
    const count = outputs.length
    if (count > this.#fds.length) throw new RangeError(`${count} outputs at a time`)
    if (this.#sendMany === undefined) {
      for (const output of outputs) output.push(bytes)
      return
    }
    // Right before the call: nothing may come to the sockets in between.
    for (let index = 0; index < count; index++) this.#fds[index] = outputs[index]!.directFd
    this.#sendMany(this.#fds, count, bytes, this.#sent)
    for (let index = 0; index < count; index++) {
      const taken = Math.max(0, this.#sent[index]!)
      if (taken < bytes.length) outputs[index]!.push(bytes.subarray(taken))
    }
  }
}
