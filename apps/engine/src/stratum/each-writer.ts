import { loadSenders } from '@headframe/send-many/load-senders'
import type { SharedOutput } from './many-writer.js'

/** Outputs of one call; what is more goes with the next. */
const MAX_OUTPUTS = 1_024
const MAX_BYTES = 256 * 1_024
/** Bytes of UTF-8 that one unit of a string can become. */
const MAX_BYTES_PER_UNIT = 3

/**
 * Writes to many outputs, to each its own text: by one call of the addon, which costs half of what a write by way of a
 * Node socket does. What a socket has not taken is pushed, and so is everything where the addon is missing.
 */
export class EachWriter {
  readonly #sendEach
  readonly #outputs: SharedOutput[] = []
  readonly #fds = new Int32Array(MAX_OUTPUTS)
  readonly #ends = new Int32Array(MAX_OUTPUTS)
  readonly #sent = new Int32Array(MAX_OUTPUTS)
  readonly #bytes = Buffer.alloc(MAX_BYTES)
  #byteCount = 0

  /** `sendEach` is undefined where there is no addon. */
  constructor(sendEach = loadSenders()?.sendEach) {
    this.#sendEach = sendEach
  }

  /** Nothing else may be written to the output between this and the next `flush`. */
  add(output: SharedOutput, text: string): void {
    const fd = this.#sendEach === undefined ? -1 : output.directFd
    const mostBytes = text.length * MAX_BYTES_PER_UNIT
    if (fd < 0 || mostBytes > MAX_BYTES) return output.push(text)
    if (this.#outputs.length === MAX_OUTPUTS || this.#byteCount + mostBytes > MAX_BYTES) this.flush()
    this.#byteCount += this.#bytes.write(text, this.#byteCount)
    const index = this.#outputs.push(output) - 1
    this.#fds[index] = fd
    this.#ends[index] = this.#byteCount
  }

  flush(): void {
    const count = this.#outputs.length
    if (count === 0) return
    this.#sendEach!(this.#fds, this.#ends, count, this.#bytes, this.#sent)
    let start = 0
    for (let index = 0; index < count; index++) {
      const end = this.#ends[index]!
      const taken = start + Math.max(0, this.#sent[index]!)
      // A copy: the bytes are written over by the next round.
      if (taken < end) this.#outputs[index]!.push(Buffer.from(this.#bytes.subarray(taken, end)))
      start = end
    }
    this.#outputs.length = 0
    this.#byteCount = 0
  }
}
