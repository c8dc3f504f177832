import { SESSION_ORDERS } from '@headframe/core/live/session-question'
import { z } from 'zod'
import { specify } from '../../api/specify'
import { liveSession } from '../../schema/session'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { pageSize } from '../input'

const cursor = z
  .string()
  .regex(/^-?\d{1,16}:[\w-]{1,200}$/, { error: 'Not a cursor that the pool has given.' })
  .transform((text) => {
    const [rank = '', connection = ''] = text.split(':')
    return { rank: Number(rank), connection }
  })

export const listSchema = specify({
  summary: 'Stratum sessions that are open now',
  description:
    'Asked of the stratum processes at this moment, a page at a time. Those of miners who are not listed are among them.',
  rest: { method: 'GET', path: '/console/sessions' },
  access: 'operator:read',
  cost: 'expensive',
  input: z.object({
    search: z
      .string()
      .trim()
      .max(200)
      .default('')
      .describe('What stands in an address, a worker, a client or an IP address.'),
    address: z.string().max(200).optional().describe('Only of this payout address.'),
    port: z.coerce.number().int().min(0).max(65_535).optional(),
    order: z.enum(SESSION_ORDERS).default('newest').describe('quiet: without a share for longest.'),
    cursor: cursor.nullish(),
    limit: pageSize.default(50),
  }),
  output: z.object({
    nowMs: timeMs,
    asked: count.describe('Stratum processes that have heard the question; 0 when none does.'),
    answered: count.describe(
      'Of those, how many have answered in time. The others have sessions that are not here.',
    ),
    total: count,
    matching: count,
    sessions: listOf(liveSession),
    nextCursor: maybe(z.string()),
  }),
})
