import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrate } from '../../schema/hashrate'
import { workerPresence } from '../../schema/live'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { address } from '../input'

export const workersSchema = specify({
  summary: "A miner's workers",
  description:
    'By name, at most two hundred: those with the newest shares. Hidden ones are told to their miner and to operators ' +
    'alone.',
  rest: { method: 'GET', path: '/miners/{address}/workers' },
  access: 'anybody',
  cost: 'expensive',
  isPersonal: true,
  input: z.object({ address }),
  output: z.object({
    nowMs: timeMs,
    isCut: z.boolean(),
    workers: listOf(
      z.object({
        name: z.string().describe('Empty when the miner named none.'),
        label: maybe(z.string()).describe('What the miner calls it; for himself alone.'),
        isHidden: z.boolean(),
        lastShareAtMs: maybe(timeMs),
        hour: hashrate,
        day: hashrate,
        acceptedCount: count.describe('Of the last 24 hours, as the rejects are.'),
        rejects: z.record(z.string(), count).describe('By reason.'),
        staleCostSats: maybe(z.number()).describe(
          'What of these rejects came too late, in satoshis, by what the accepted ones are worth; not whole.',
        ),
        bestDifficulty: maybe(z.number()).describe('Of the lowest hash ever.'),
        presence: workerPresence,
      }),
    ),
  }),
})
