import { MINER_ORDERS } from '@headframe/db/miner/list-miners'
import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrate } from '../../schema/hashrate'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { pageSize } from '../input'

const cursor = z
  .string()
  .regex(/^\d{1,40}:\d{1,9}$/, { error: 'Not a cursor that the pool has given.' })
  .transform((text) => {
    const [rank = '', minerId = ''] = text.split(':')
    return { rank: BigInt(rank), minerId: Number(minerId) }
  })

export const listSchema = specify({
  summary: 'All miners, also those who are not listed',
  rest: { method: 'GET', path: '/console/miners' },
  access: 'operator:read',
  cost: 'expensive',
  input: z.object({
    search: z
      .string()
      .trim()
      .max(200)
      .default('')
      .describe('What stands in an address, a worker, its label, or the IP address of an open session.'),
    order: z.enum(MINER_ORDERS).default('hashrate'),
    cursor: cursor.nullish(),
    limit: pageSize.default(50),
  }),
  output: z.object({
    miners: listOf(
      z.object({
        address: z.string(),
        isUnlisted: z.boolean(),
        firstSeenAtMs: timeMs,
        lastShareAtMs: maybe(timeMs),
        workerCount: count,
        hashrate: hashrate.describe('Of the last hour.'),
        acceptedCount: count.describe('In this hour of the clock and the one before.'),
        rejectedCount: count.describe('In this hour of the clock and the one before.'),
      }),
    ),
    nextCursor: maybe(z.string()),
  }),
})
