/**
 * What a line of the pool is, told by its bytes: on the hot path of the load generator nothing is decoded. A line is
 * `bytes[start..end)`, without its newline. What looks otherwise than expected is `false` or -1, and is then parsed.
 */
const ID = Buffer.from('{"id":')
const ACCEPTED = Buffer.from(',"result":true')
const NOTIFY = Buffer.from('{"id":null,"method":"mining.notify"')
/** The end of a notify whose `clean_jobs` is true. */
const CLEAN = Buffer.from(',true]}')
const DIGIT_0 = 0x30
const MAX_DIGITS = 9

/** The id of the answer to an accepted share; -1 when the line is anything else. */
export function acceptedId(bytes: Uint8Array, start: number, end: number): number {
  if (!hasBytesAt(bytes, start, end, ID)) return -1
  let at = start + ID.length
  let id = 0
  const digitsEnd = Math.min(end, at + MAX_DIGITS)
  const digitsStart = at
  for (; at < digitsEnd; at++) {
    const digit = bytes[at]! - DIGIT_0
    if (digit < 0 || digit > 9) break
    id = id * 10 + digit
  }
  return at > digitsStart && hasBytesAt(bytes, at, end, ACCEPTED) ? id : -1
}

export function isNotify(bytes: Uint8Array, start: number, end: number): boolean {
  return hasBytesAt(bytes, start, end, NOTIFY)
}

/** Whether a notify tells the miner to drop its older jobs, as after a new block. */
export function isCleanNotify(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= CLEAN.length && hasBytesAt(bytes, end - CLEAN.length, end, CLEAN)
}

function hasBytesAt(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start < expected.length) return false
  for (let at = 0; at < expected.length; at++) if (bytes[start + at] !== expected[at]) return false
  return true
}
