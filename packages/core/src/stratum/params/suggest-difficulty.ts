import type { MalformedParams } from './malformed-params.js'

export interface SuggestDifficultyParams {
  /** Above 0 and finite; the caller clamps it to what the port allows. */
  readonly difficulty: number
}

/** `mining.suggest_difficulty`: [difficulty], as a number or as decimal text. */
export function parseSuggestDifficulty(
  params: readonly unknown[],
): SuggestDifficultyParams | MalformedParams {
  const difficulty = readDecimal(params[0])
  if (difficulty === undefined) return { malformed: 'mining.suggest_difficulty needs a number above 0' }
  return { difficulty }
}

/** A positive finite number from JSON or from text such as `0.00015`. */
function readDecimal(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined
}
