import { difficultyOfTarget } from '../../chain/target.js'
import type { MalformedParams } from './malformed-params.js'
import type { SuggestDifficultyParams } from './suggest-difficulty.js'

const TARGET = /^[0-9a-fA-F]{1,64}$/

/** `mining.suggest_target` (bfgminer): [target], hex with its most significant digit first; told as a difficulty. */
export function parseSuggestTarget(params: readonly unknown[]): SuggestDifficultyParams | MalformedParams {
  const [text] = params
  const target = typeof text === 'string' && TARGET.test(text) ? BigInt(`0x${text}`) : 0n
  if (target === 0n)
    return { malformed: 'mining.suggest_target needs up to 64 hex digits of a target above 0' }
  return { difficulty: difficultyOfTarget(target) }
}
