import { z } from 'zod'
import { specify } from '../../api/specify'
import { count, listOf, sats, timeMs } from '../../schema/values'
import { address } from '../input'

export const dailySchema = specify({
  summary: 'What a miner has earned a day',
  description:
    'By UTC days, thirty at most, against what his work was to bring on average. Blocks count on the day they were found, FPPS shares when they were paid. The newest day is not over.',
  rest: { method: 'GET', path: '/miners/{address}/days' },
  access: 'anybody',
  cost: 'expensive',
  input: z.object({ address }),
  output: z
    .object({
      days: listOf(
        z.object({
          dayMs: timeMs.describe('Start of the day.'),
          maturedSats: sats,
          sharesSats: sats.describe('Of the matured: what FPPS shares were paid.'),
          immatureSats: sats,
          blockCount: count,
          expectedSats: z.number().describe('Not whole: an average.'),
        }),
      ),
      reward: z.object({
        blockSats: sats.describe('What a block pays: the average of the newest, or the subsidy.'),
        blockCount: count.describe('Blocks that it is the average of.'),
        feeBasisPoints: z.number(),
      }),
      earnedSats: sats,
      sharesSats: sats.describe('Of the earned: what FPPS shares were paid. It is expected as it was paid.'),
      blockCount: count,
      expected: z.object({
        expectedSats: z.number(),
        lowSats: z.number().describe('Below which chance alone puts one of twenty.'),
        highSats: z.number().describe('Above which chance alone puts one of twenty.'),
        expectedBlocks: z.number().describe('Of the whole pool.'),
      }),
    })
    .nullable(),
  absent: 'The pool has no share of this address.',
})
