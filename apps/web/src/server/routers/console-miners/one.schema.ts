import { z } from 'zod'
import { specify } from '../../api/specify'
import { big, listOf, maybe, sats, timeMs } from '../../schema/values'
import { address } from '../input'

const place = z.object({ address: z.string(), requestedAtMs: timeMs, effectiveAtMs: timeMs })

export const oneSchema = specify({
  summary: 'What a miner has set for himself',
  description: 'His workers, balance and sessions are asked for by themselves, as on his own page.',
  rest: { method: 'GET', path: '/console/miners/{address}' },
  access: 'operator:read',
  cost: 'read',
  input: z.object({ address }),
  output: z
    .object({
      address: z.string(),
      isUnlisted: z.boolean(),
      firstSeenAtMs: timeMs,
      lastShareAtMs: maybe(timeMs),
      ownThresholdSats: maybe(sats).describe('Absent: he goes by the one of the pool.'),
      poolThresholdSats: maybe(sats).describe('Absent: nothing is paid on chain.'),
      payoutAddress: z.object({
        current: maybe(place).describe('Absent: his own address.'),
        pending: maybe(place).describe('Asked for, and not in force yet.'),
      }),
      hasAlerts: z.boolean().describe('Whether he has a channel that alerts go to; not where it leads.'),
      changes: listOf(
        z.object({
          id: big,
          atMs: timeMs,
          what: z.string(),
          before: maybe(z.string()),
          after: maybe(z.string()),
          author: z.string(),
        }),
      ).describe(
        'The latest 50 changes of his settings, the newest first; of his workers only that there was one.',
      ),
    })
    .nullable(),
  absent: 'The pool has no share of this address.',
})
