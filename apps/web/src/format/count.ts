import { groupDigits, scaleSi } from './si'

/** A whole number with its thousands grouped: 1,234,567. */
export function formatCount(count: number | bigint): string {
  return groupDigits(count.toString())
}

/** A difficulty, which may be far below or far above one: 0.000001, 512, 127 T. */
export function formatDifficulty(difficulty: number): string {
  const { value, prefix } = scaleSi(difficulty)
  return prefix === '' ? value : `${value} ${prefix}`
}

/** Expected hashes, in SI: 4.29 Ghashes. */
export function formatWork(work: bigint): string {
  const { value, prefix } = scaleSi(Number(work))
  return `${value} ${prefix}hashes`
}
