import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { listOf, maybe, timeMs } from '../../schema/values'
import { address } from '../input'

const attempt = z
  .object({
    connection: z.string(),
    port: z.number(),
    userAgent: z.string().describe('What the miner calls itself; empty when it does not say.'),
    workerName: z.string(),
    connectedAtMs: timeMs,
    authorizedAtMs: timeMs,
    jobAtMs: maybe(timeMs).describe('When it was sent its first job.'),
    difficulty: maybe(z.number()).describe('Of its first job.'),
    shareAtMs: maybe(timeMs).describe('When its first share was accepted.'),
    rejects: listOf(z.object({ reason: z.string(), atMs: timeMs })).describe('The first of each reason.'),
    leftAtMs: maybe(timeMs).describe('Absent while it is connected, as far as the pool has told.'),
    leftReason: maybe(z.string()),
  })
  .meta({ id: 'ConnectionAttempt', description: 'One connection of a miner: how far it came.' })

export const connectionsSchema = specify({
  summary: 'What the last connections of a miner did, step by step',
  description:
    'Of the last half hour, the newest first. It comes by the live feed and may be incomplete; work and money never ' +
    'depend on it. A miner who is not listed has none here.',
  rest: { method: 'GET', path: '/miners/{address}/connections' },
  access: 'anybody',
  cost: 'read',
  isPersonal: true,
  input: z.object({ address }),
  output: z.object({ nowMs: timeMs, attempts: reading(listOf(attempt)) }),
})
