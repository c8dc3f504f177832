import { readRound } from '@headframe/db/pool/read-round'
import { effortOfScore } from '@headframe/core/accounting/effort'
import type { Context } from './context'

/** The round under way, with its effort as a ratio; undefined before the first share. */
export async function readRoundNow(context: Context) {
  const round = await readRound(context.database.pool)
  if (round === undefined) return undefined
  return {
    effort: round.score === undefined ? undefined : effortOfScore(round.score),
    lastBlock: round.lastBlock,
  }
}
