import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { pruneSessions as pruneMinerSessions } from '@headframe/db/account/session'
import type { Database } from '@headframe/db/database'
import { pruneSessions as pruneOperatorSessions } from '@headframe/db/operator/session'
import { pruneFailures } from '@headframe/db/operator/sign-in-attempt'
import { pruneBestShares } from '@headframe/db/prune/prune-best-shares'
import { pruneRollups } from '@headframe/db/prune/prune-rollups'
import { pruneSegments } from '@headframe/db/prune/prune-segments'
import { z } from 'zod'
import type { Log } from '../log.js'
import { RARELY, type Task } from './task.js'

export interface PruneOptions {
  readonly segmentRetentionDays: number
  readonly pplnsWindow: number
}

export interface PruneModules {
  readonly db: Database
  readonly log: Log
  readonly nowMs: () => number
}

const DAY_MS = 86_400_000
/** Charts by the minute reach back a day, those by the hour a quarter. */
const MINUTE_ROLLUPS_DAYS = 3
const HOUR_ROLLUPS_DAYS = 400
/** The page of a worker shows a month of them. */
const BEST_SHARES_DAYS = 32
/** Whoever wonders where he was signed in may ask so long. A failure to sign in counts for nothing long before. */
const SESSIONS_DAYS = 30
/** So that an operator may double the window without paying by half of it. */
const WINDOWS_KEPT = 2n

/** Removes what no page shows and no window reaches any more. */
export function pruneTask(options: PruneOptions, { db, log, nowMs }: PruneModules): Task {
  const daysAgo = (days: number): number => nowMs() - days * DAY_MS
  return {
    name: 'prune',
    schedule: { everyMs: 3_600_000 },
    schema: z.object({}),
    policy: RARELY,
    async handler() {
      const rollupRows = await pruneRollups(db.pool, {
        minutesSinceMs: daysAgo(MINUTE_ROLLUPS_DAYS),
        hoursSinceMs: daysAgo(HOUR_ROLLUPS_DAYS),
      })
      const bestShares = await pruneBestShares(db.pool, daysAgo(BEST_SHARES_DAYS))
      const sessions = await pruneSignIns(db, daysAgo(SESSIONS_DAYS))
      const retention = {
        sealedBeforeMs: daysAgo(options.segmentRetentionDays),
        keepScore: BigInt(options.pplnsWindow) * WINDOWS_KEPT * SCORE_UNIT,
      }
      let segments = 0
      for (let pruned = -1; pruned !== 0; segments += pruned) pruned = await pruneSegments(db, retention)
      if (rollupRows > 0 || bestShares > 0 || sessions > 0 || segments > 0)
        log.info({ rollupRows, bestShares, sessions, segments }, 'pruned')
    },
  }
}

/** Sessions of miners and operators that are long over, and failures to sign in. Returns how many rows went. */
async function pruneSignIns({ pool }: Database, beforeMs: number): Promise<number> {
  const miners = await pruneMinerSessions(pool, beforeMs)
  const operators = await pruneOperatorSessions(pool, beforeMs)
  return miners + operators + (await pruneFailures(pool, beforeMs))
}
