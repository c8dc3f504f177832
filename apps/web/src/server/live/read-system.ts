import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { nodeEntry, nodeReport } from '../schema/live'
import { jobDetails, nodeFacts, nodeTip } from '../schema/system'
import { parsed, reading, type LiveReading } from './read-live'

/** JSON has no bigint. */
const BIG_AS_TEXT = z
  .string()
  .regex(/^\d{1,80}$/)
  .transform(BigInt)
const NODES = nodeReport.extend({
  nodes: z
    .array(
      nodeEntry.extend({
        templateFeesSats: BIG_AS_TEXT.optional(),
        tip: nodeTip.extend({ chainwork: BIG_AS_TEXT }).optional(),
        facts: nodeFacts.optional(),
      }),
    )
    .readonly(),
})
const JOB = jobDetails.extend({ feesSats: BIG_AS_TEXT, coinbaseValueSats: BIG_AS_TEXT })
const WORK = z.object({ jobs: z.array(JOB).readonly() })

export type NodeDetails = z.output<typeof NODES>
export type WorkReport = z.output<typeof WORK>

/** The nodes with all that serve says of them. */
export const readNodeDetails = (redis: Redis, network: Network): Promise<LiveReading<NodeDetails>> =>
  readOne(redis, liveKeys(network).node, NODES)

/** The newest jobs. */
export const readWork = (redis: Redis, network: Network): Promise<LiveReading<WorkReport>> =>
  readOne(redis, liveKeys(network).work, WORK)

function readOne<T>(redis: Redis, key: string, schema: z.ZodType<T>): Promise<LiveReading<T>> {
  return reading(async () => {
    const text = await redis.get(key)
    return text === null ? undefined : parsed(schema, text)
  })
}
