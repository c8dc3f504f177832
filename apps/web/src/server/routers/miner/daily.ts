import { listDailyEarnings } from '@headframe/db/miner/list-daily-earnings'
import { listDailyScores } from '@headframe/db/miner/list-daily-scores'
import { expectOf, fillDays } from '../../../measure/earning-days'
import { startOfDay } from '../../../measure/range'
import { readMiner } from '../../address'
import { readReward } from '../../reward'
import { procedure } from '../../trpc'
import { dailySchema } from './daily.schema'

const DAYS = 30
const DAY_MS = 86_400_000

/**
 * What a miner has earned a UTC day, against what his work was to bring on average; null when the pool has no share of
 * his. The newest day is not over.
 */
export const daily = procedure(dailySchema).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return null
  const db = ctx.database.pool
  const untilMs = startOfDay(ctx.nowMs()) + DAY_MS
  const sinceMs = Math.max(untilMs - DAYS * DAY_MS, startOfDay(miner.firstSeenAtMs))
  const [earned, scores, reward] = await Promise.all([
    listDailyEarnings(db, miner.minerId, sinceMs),
    listDailyScores(db, miner.minerId, sinceMs),
    readReward(ctx),
  ])
  if (reward === undefined) return null
  const days = fillDays({ sinceMs, untilMs }, earned, scores, reward)
  const sharesSats = earned.reduce((sum, day) => sum + day.sharesSats, 0n)
  const sharesScore = earned.reduce((sum, day) => sum + day.sharesScore, 0n)
  const ownScore = scores.reduce((sum, day) => sum + day.ownScore, 0n)
  const poolScore = scores.reduce((sum, day) => sum + day.poolScore, 0n)
  return {
    days,
    reward,
    earnedSats: days.reduce((sum, { maturedSats, immatureSats }) => sum + maturedSats + immatureSats, 0n),
    blockCount: days.reduce((sum, { blockCount }) => sum + blockCount, 0),
    sharesSats,
    expected: expectOf({ sharesSats, sharesScore }, { ownScore, poolScore }, reward),
  }
})
