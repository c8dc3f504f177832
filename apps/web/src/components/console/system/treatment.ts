import { formatCount, formatDifficulty } from '../../../format/count'
import { quirksOf } from '../../../measure/quirks'
import type { ProfileState } from './system-state'

/** What a profile does differently from that of the others; of theirs, what it does. */
export const treatmentOf = (profile: ProfileState, others: ProfileState): string[] =>
  profile.name === others.name ? treatmentOfOthers(others) : quirksOf(profile, others)

/** What the others are told from. */
function treatmentOfOthers(profile: ProfileState): string[] {
  const { maxCoinbaseBytes, minDifficulty, keepaliveSeconds, extranonce2Bytes } = profile
  return [
    `takes coinbases of up to ${formatCount(maxCoinbaseBytes)} B`,
    `any difficulty from ${formatDifficulty(minDifficulty)} on`,
    `bears ${formatCount(keepaliveSeconds)} s of silence`,
    `has ${extranonce2Bytes} bytes of extranonce2`,
  ]
}
