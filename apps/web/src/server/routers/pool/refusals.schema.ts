import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

const opened = {
  connection: z.string(),
  atMs: timeMs,
  port: z.number(),
  connectedAtMs: timeMs,
  userAgent: z.string(),
}

const refusal = z.discriminatedUnion('what', [
  z.object({
    ...opened,
    what: z.literal('refused'),
    username: z.string().describe('As the miner sent it.'),
    text: z.string().describe('What the miner was told.'),
  }),
  z.object({ ...opened, what: z.literal('left'), hasSubscribed: z.boolean(), reason: z.string() }),
])

export const refusalsSchema = specify({
  summary: 'Connections from your own network address that got no work',
  description:
    'User names that were refused, and connections that ended before they named one, of the last half hour. Only those ' +
    'from the address that this call comes from; of all others nobody is told.',
  rest: { method: 'GET', path: '/pool/refusals' },
  access: 'anybody',
  cost: 'read',
  isPersonal: true,
  input: nothing,
  output: z.object({
    nowMs: timeMs,
    peer: maybe(z.string()).describe(
      'The network address that was looked for; absent when the pool cannot tell yours.',
    ),
    ban: maybe(z.object({ reason: z.string(), untilMs: timeMs })).describe(
      'Present while the pool lets nobody in from there.',
    ),
    refusals: reading(listOf(refusal)),
  }),
})
