/** What becomes hex at a time: under a millisecond of work, so that nothing else waits for it. */
const PIECE_SIZE = 256 * 1024

/** Bytes as lower-case hex, as text, a piece at a time. */
export function* hexPieces(bytes: Uint8Array): Generator<Uint8Array> {
  const { buffer, byteOffset, length } = bytes
  const whole = Buffer.from(buffer, byteOffset, length)
  for (let start = 0; start < length; start += PIECE_SIZE) {
    yield Buffer.from(whole.toString('hex', start, start + PIECE_SIZE), 'latin1')
  }
}
