import { z } from 'zod'
import { specify } from '../../api/specify'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

export const overviewSchema = specify({
  summary: 'What you sign in with, and where you are signed in',
  rest: { method: 'GET', path: '/console/account' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    sessions: listOf(
      z.object({
        id: z.number(),
        userAgent: z.string().describe('What the browser called itself.'),
        createdAtMs: timeMs,
        seenAtMs: timeMs,
        isThis: z.boolean().describe('The one that asks.'),
      }),
    ).describe('The newest first.'),
    passkeys: listOf(
      z.object({
        id: z.string(),
        name: z.string(),
        createdAtMs: timeMs,
        lastUsedAtMs: maybe(timeMs),
      }),
    ),
    hasOneTimeCodes: z.boolean(),
    recoveryCodesLeft: count,
  }),
})
