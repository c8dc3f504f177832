import { z } from 'zod'
import { count, listOf, timeMs } from './values'

export const liveSession = z
  .object({
    connection: z.string().describe('Its name in the pool, by which it is disconnected.'),
    writerId: z.string().describe('The stratum process that it lives in.'),
    connectedAtMs: timeMs,
    remoteAddress: z.string(),
    port: z.number(),
    tls: z.boolean(),
    mode: z.string(),
    workers: listOf(z.object({ address: z.string(), workerName: z.string() })).describe(
      'The first five that it has authorized; none while it is connecting.',
    ),
    workerCount: count,
    userAgent: z.string(),
    profile: z.string().describe('Name of the client profile that it was given.'),
    difficulty: z.number().describe('0 before its first job.'),
    versionMask: z.number().describe('Bits of the version that it may roll (BIP 310); 0: none.'),
    shares: count.describe('Accepted since it connected.'),
    rejects: count,
    lastShareAtMs: timeMs.optional(),
  })
  .meta({ id: 'LiveSession', description: 'A Stratum connection that is open now.' })
