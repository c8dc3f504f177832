/**
 * A difficulty as plain decimal digits, the shortest that read back as the same double. No exponent, because
 * parsers in firmware do not know `1e-7`.
 *
 * @throws RangeError unless 1e-9 <= difficulty <= 2^53
 */
export function formatDifficulty(difficulty: number): string {
  if (!(difficulty >= MIN_DIFFICULTY && difficulty <= MAX_DIFFICULTY)) {
    throw new RangeError(`difficulty ${difficulty} is not between 1e-9 and 2^53`)
  }
  const text = String(difficulty)
  const at = text.indexOf('e-')
  if (at === -1) return text
  const digits = text.slice(0, at).replace('.', '')
  return `0.${'0'.repeat(Number(text.slice(at + 2)) - 1)}${digits}`
}

/** Easiest and hardest difficulty the pool hands out. */
export const MIN_DIFFICULTY = 1e-9
export const MAX_DIFFICULTY = 2 ** 53
