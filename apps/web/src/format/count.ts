import { groupDigits, scaleSi } from './si'

/** A whole number with its thousands grouped: 1,234,567. */
export function formatCount(count: number | bigint): string {
  return groupDigits(count.toString())
}

/** From here on nobody counts digits. */
const DIFFICULTY_IN_SI_FROM = 1_000_000

/** A difficulty, which may be far below or far above one: 0.000001, 512, 262,144, 127 T. */
export function formatDifficulty(difficulty: number): string {
  if (difficulty >= 100 && difficulty < DIFFICULTY_IN_SI_FROM) return formatCount(Math.round(difficulty))
  const { value, prefix } = scaleSi(difficulty)
  return prefix === '' ? value.replace(/\.0+$/, '') : `${value} ${prefix}`
}

/** Expected hashes, in SI: 4.29 Ghashes. */
export function formatWork(work: bigint): string {
  const { value, prefix } = scaleSi(Number(work))
  return `${value} ${prefix}hashes`
}
