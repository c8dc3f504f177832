import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrate } from '../../schema/hashrate'
import { workerPresence } from '../../schema/live'
import { record } from '../../schema/record'
import { WORKER_WINDOWS } from '../../../measure/span'
import { count, hash, listOf, maybe, timeMs } from '../../schema/values'
import { address, workerName } from '../input'

export const summarySchema = specify({
  summary: 'One worker',
  description: 'Whether it is there, its hashrates, what became of its shares, and its best ones.',
  // Its name may be empty, or hold a slash: it does not stand in the path.
  rest: { method: 'GET', path: '/miners/{address}/worker' },
  access: 'anybody',
  cost: 'read',
  isPersonal: true,
  input: z.object({ address, worker: workerName }),
  output: z
    .object({
      nowMs: timeMs,
      record,
      label: maybe(z.string()).describe('What the miner calls it; for himself alone.'),
      isHidden: z.boolean(),
      firstSeenAtMs: timeMs,
      lastShareAtMs: maybe(timeMs),
      presence: workerPresence,
      hashrates: listOf(z.object({ window: z.enum(WORKER_WINDOWS), hashrate })),
      acceptedCount: count.describe('Of the last 24 hours, as the rejects are.'),
      rejects: z.record(z.string(), count).describe('By reason.'),
      staleCostSats: maybe(z.number()).describe('What of these came too late, in satoshis; not whole.'),
      bests: listOf(
        z.object({
          period: z.enum(['day', 'ever']),
          startsAtMs: timeMs.describe('Start of the UTC day.'),
          difficulty: z.number().describe('Of the hash.'),
          hash,
          height: z.number().describe('Of the block that it would have been.'),
          networkDifficulty: z.number(),
          acceptedAtMs: timeMs,
        }),
      ).describe('The best ever first, then those of the newest days.'),
    })
    .nullable(),
  absent: 'The pool knows no such worker.',
  example: { worker: 'garage' },
})
