import { z } from 'zod'
import { specify } from '../../api/specify'
import { blockStatus } from '../../schema/block'
import { count, hash, listOf, timeMs } from '../../schema/values'
import { nothing } from '../input'

const band = z
  .object({ low: z.number(), high: z.number() })
  .describe('Between which chance alone puts nine of ten pools.')

export const luckSchema = specify({
  summary: 'The luck of the pool',
  description:
    'Effort of the newest hundred rounds, the oldest first, and how the pool stood after each: work so far over what so many blocks take on average. Above 1 is bad luck, below good; within the band it is neither.',
  rest: { method: 'GET', path: '/pool/luck' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.object({
    rounds: listOf(
      z.object({
        hash,
        height: z.number(),
        status: blockStatus,
        foundAtMs: timeMs,
        effort: z.number().describe("Work of the round over the network's expected work."),
        luck: z.object({
          rounds: count.describe('Since the first block, this one included.'),
          meanEffort: z.number(),
          band,
        }),
      }),
    ),
  }),
})
