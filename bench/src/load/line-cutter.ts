const LF = 0x0a
/** Longer than any line a pool sends. */
const MAX_LINE_BYTES = 256 * 1024
const NOTHING = Buffer.alloc(0)

/** Takes a line, `bytes[start..end)`, that is valid until it returns. */
export type TakeLine = (bytes: Buffer, start: number, end: number) => void

/** Cuts what comes from one connection into lines; only a line that is not whole yet is copied. */
export class LineCutter {
  #held: Buffer = NOTHING

  /** Gives each line that `chunk[0..length)` completes. Throws when a line has no end. */
  push(chunk: Buffer, length: number, take: TakeLine): void {
    let start = 0
    let end = chunk.indexOf(LF)
    // What lies behind `length` is left from earlier chunks.
    while (end !== -1 && end < length) {
      if (this.#held.length === 0) take(chunk, start, end)
      else this.#takeHeld(chunk.subarray(start, end), take)
      start = end + 1
      end = start < length ? chunk.indexOf(LF, start) : -1
    }
    if (start < length) this.#hold(chunk.subarray(start, length))
  }

  #takeHeld(rest: Buffer, take: TakeLine): void {
    const line = Buffer.concat([this.#held, rest])
    this.#held = NOTHING
    take(line, 0, line.length)
  }

  #hold(bytes: Buffer): void {
    this.#held = Buffer.concat([this.#held, bytes])
    if (this.#held.length > MAX_LINE_BYTES)
      throw new Error(`the pool sent ${MAX_LINE_BYTES} bytes without a newline`)
  }
}
