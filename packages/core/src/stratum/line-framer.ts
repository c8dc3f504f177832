/** Longest line a peer may send, without its newline. Miners stay below 1 KiB; long user names need some more. */
export const MAX_LINE_BYTES = 16 * 1024

/** First size of the buffer that holds an unfinished line; it doubles on demand up to the longest line. */
const FIRST_BUFFER_BYTES = 512

declare const lineBrand: unique symbol

/** The bytes of one line, without its line ending. Only `LineFramer` makes one. */
export type Line = Uint8Array & { readonly [lineBrand]: true }

/** Takes a line; false stops the framer behind it. */
export type LineHandler = (line: Line) => unknown

/** What `push` says when the peer sent more than a line may hold: from then on the stream cannot be trusted. */
export type FramerFault = 'line-too-long'

const LF = 0x0a
const CR = 0x0d
/** One for all framers: most connections never hold a byte between two packets. */
const NOTHING = new Uint8Array(0)

/**
 * Cuts a byte stream into lines at `\n`; `\r\n` ends a line too, and blank lines are skipped.
 *
 * A line that lies within one chunk is a view into that chunk; only an unfinished tail is copied, into one buffer
 * that never exceeds `maxLineBytes`. A line is therefore valid until its callback returns.
 */
export class LineFramer {
  readonly #maxLineBytes: number
  #held: Uint8Array = NOTHING
  #heldBytes = 0
  #consumed = 0
  #fault: FramerFault | undefined

  constructor(maxLineBytes = MAX_LINE_BYTES) {
    this.#maxLineBytes = maxLineBytes
  }

  /** Bytes of an unfinished line now held. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Bytes of the last chunk that were taken: all of them, unless its handler has stopped the framer. */
  get consumedBytes(): number {
    return this.#consumed
  }

  /**
   * Calls `onLine` for each line that `chunk` completes, until it says false: what stands behind that line is then to be
   * pushed again. After a fault no more lines come, whatever is pushed; lines that were complete before it have been
   * delivered.
   */
  push(chunk: Uint8Array, onLine: LineHandler): FramerFault | undefined {
    this.#consumed = chunk.length
    if (this.#fault !== undefined) return this.#fault
    let start = 0
    let end = chunk.indexOf(LF)
    while (end !== -1) {
      const isWithinBound = this.#heldBytes + (end - start) <= this.#maxLineBytes
      if (!isWithinBound) return this.#fail()
      const goesOn = this.#emit(this.#complete(chunk.subarray(start, end)), onLine)
      start = end + 1
      if (!goesOn) {
        this.#consumed = start
        return undefined
      }
      end = chunk.indexOf(LF, start)
    }
    if (this.#heldBytes + (chunk.length - start) > this.#maxLineBytes) return this.#fail()
    this.#hold(chunk.subarray(start))
    return undefined
  }

  /** The bytes of an unfinished line, which are forgotten here: somebody else reads the stream from now on. */
  takeHeld(): Uint8Array {
    const held = this.#held.subarray(0, this.#heldBytes)
    this.#held = NOTHING
    this.#heldBytes = 0
    return held
  }

  #fail(): FramerFault {
    this.#held = NOTHING
    this.#heldBytes = 0
    this.#fault = 'line-too-long'
    return this.#fault
  }

  /** The whole line that ends with `tail`. */
  #complete(tail: Uint8Array): Uint8Array {
    if (this.#heldBytes === 0) return tail
    this.#hold(tail)
    return this.takeHeld()
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    const needed = this.#heldBytes + bytes.length
    if (needed > this.#held.length) this.#grow(needed)
    this.#held.set(bytes, this.#heldBytes)
    this.#heldBytes = needed
  }

  #grow(needed: number): void {
    let size = Math.max(this.#held.length, FIRST_BUFFER_BYTES)
    while (size < needed) size *= 2
    const grown = new Uint8Array(Math.min(size, this.#maxLineBytes))
    grown.set(this.#held.subarray(0, this.#heldBytes))
    this.#held = grown
  }

  #emit(bytes: Uint8Array, onLine: LineHandler): boolean {
    const length = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length
    return length === 0 || onLine(bytes.subarray(0, length) as Line) !== false
  }
}
