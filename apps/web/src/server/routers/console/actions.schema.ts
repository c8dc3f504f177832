import { z } from 'zod'
import { specify } from '../../api/specify'
import { big, listOf, maybe, timeMs } from '../../schema/values'
import { pageSize } from '../input'

const value = z.unknown().optional().describe('JSON; amounts are text.')

export const actionsSchema = specify({
  summary: 'The audit log of the console',
  description:
    'What operators did, and by command, the newest first. Nothing in it is ever changed or deleted.',
  rest: { method: 'GET', path: '/console/actions' },
  access: 'operator:read',
  cost: 'read',
  input: z.object({
    author: z.string().max(100).optional().describe('Only his.'),
    action: z.string().max(60).optional().describe('Only actions whose name begins so, such as payouts.'),
    subject: z.string().max(200).optional().describe('Only what was done to this, such as "payout 7".'),
    outcome: z.enum(['done', 'not-done', 'unknown']).optional().describe('unknown: cut off, or under way.'),
    cursor: z
      .string()
      .regex(/^\d{1,18}$/)
      .nullish(),
    limit: pageSize.default(50),
  }),
  output: z.object({
    actions: listOf(
      z.object({
        id: big,
        atMs: timeMs,
        author: z.string(),
        action: z.string(),
        subject: maybe(z.string()),
        input: value,
        outcome: maybe(
          z.object({
            atMs: timeMs,
            before: value,
            after: value,
            problem: maybe(z.string()).describe('Why it was not done.'),
          }),
        ),
      }),
    ),
    /** Everybody who stands in it. */
    authors: listOf(z.string()),
    nextCursor: maybe(z.string()),
  }),
})
