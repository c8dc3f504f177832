import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrates } from '../../schema/hashrate'
import { nodeReport, presence, reading } from '../../schema/live'
import { network } from '../../schema/pool'
import { record } from '../../schema/record'
import { count, hash, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

const lastBlock = z.object({ hash, height: z.number(), foundAtMs: timeMs })

const setUp = z.object({
  isSetUp: z.literal(true),
  nowMs: timeMs,
  settings: z.object({
    network,
    poolTag: z.string(),
    poolAddress: z.string(),
    feeBasisPoints: z.number(),
    pplnsWindow: z.number().describe("Units of the network's expected work for one block."),
  }),
  record,
  hashrates,
  active: z
    .object({ miners: count, workers: count })
    .describe('With an accepted share in the last ten minutes.'),
  tip: maybe(z.object({ hash, height: z.number(), seenAtMs: timeMs })),
  round: maybe(z.object({ effort: maybe(z.number()), lastBlock: maybe(lastBlock) })).describe(
    'Effort is work over the expected work for a block: 1 is average.',
  ),
  node: reading(nodeReport),
  presence,
})

export const summarySchema = specify({
  summary: 'The pool as it stands',
  description:
    'Hashrates, who is mining, the node, the round. `isSetUp` is false before the pool was started.',
  rest: { method: 'GET', path: '/pool' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.discriminatedUnion('isSetUp', [setUp, z.object({ isSetUp: z.literal(false), nowMs: timeMs })]),
})
