import { z } from 'zod'
import { specify } from '../../api/specify'
import { count, listOf, timeMs } from '../../schema/values'
import { nothing } from '../input'

export const sessionsSchema = specify({
  summary: 'Browsers that are signed in',
  rest: { method: 'GET', path: '/account/sessions' },
  access: 'own:read',
  cost: 'read',
  input: nothing,
  output: listOf(
    z.object({
      sessionId: z.number(),
      userAgent: z.string().describe('What the browser called itself.'),
      createdAtMs: timeMs,
      lastSeenAtMs: timeMs,
      expiresAtMs: timeMs,
      isThis: z.boolean().describe('The one that asks.'),
    }),
  ),
})

export const endSessionSchema = specify({
  summary: 'Sign a browser out',
  rest: { method: 'DELETE', path: '/account/sessions/{sessionId}' },
  access: 'own:write',
  cost: 'write',
  input: z.object({ sessionId: z.coerce.number().int() }),
  output: z.object({ ended: count }),
})

export const endSessionsSchema = specify({
  summary: 'Sign out everywhere',
  rest: { method: 'DELETE', path: '/account/sessions' },
  access: 'own:write',
  cost: 'write',
  input: nothing,
  output: z.object({ ended: count }),
})
