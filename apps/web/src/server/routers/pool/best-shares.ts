import { difficultyOfNbits } from '@headframe/core/chain/target'
import { listBestShares } from '@headframe/db/pool/list-best-shares'
import { startOfDay } from '../../../measure/range'
import type { Context } from '../../context'
import { procedure } from '../../trpc'
import { bestSharesSchema } from './best-shares.schema'
import type { BestPeriod } from '../../../measure/best-period'

const SHOWN = 25
const DAY_MS = 86_400_000
const DAYS_OF_WEEK = 7

/** The best share of each miner of a UTC day, of seven, or ever; the best first. */
export const bestShares = procedure(bestSharesSchema).query(({ ctx, input: { period } }) =>
  ctx.cache.get(`pool.bestShares:${period}`, () => list(ctx, period)),
)

async function list(context: Context, period: BestPeriod) {
  const found = await listBestShares(context.database.pool, daysOf(period, context.nowMs()), SHOWN)
  return {
    shares: found.map(({ nbits, ...share }) => ({ ...share, networkDifficulty: difficultyOfNbits(nbits) })),
  }
}

function daysOf(period: BestPeriod, nowMs: number): readonly number[] | 'ever' {
  if (period === 'ever') return 'ever'
  const count = period === 'week' ? DAYS_OF_WEEK : 1
  return Array.from({ length: count }, (_, ago) => startOfDay(nowMs) - ago * DAY_MS)
}
