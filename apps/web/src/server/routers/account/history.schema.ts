import { z } from 'zod'
import { specify } from '../../api/specify'
import { big, listOf, maybe, timeMs } from '../../schema/values'
import { pageSize, payoutCursor } from '../input'

export const historySchema = specify({
  summary: 'What was changed for the address that asks',
  description: 'The newest first. Nothing is ever taken out of it.',
  rest: { method: 'GET', path: '/account/history' },
  access: 'own:read',
  cost: 'read',
  input: z.object({ cursor: payoutCursor.nullish(), limit: pageSize.default(20) }),
  output: z.object({
    changes: listOf(
      z.object({
        id: big,
        atMs: timeMs,
        what: z.string(),
        before: maybe(z.string()),
        after: maybe(z.string()),
        author: z.string().describe('By which session, token or operator.'),
      }),
    ),
    nextCursor: maybe(z.string()),
  }),
})
