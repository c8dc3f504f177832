import { z } from 'zod'
import { specify } from '../../api/specify'
import { blockStatus, splitLine } from '../../schema/block'
import { payoutMode } from '../../schema/pool'
import { big, count, hash, listOf, maybe, sats, timeMs } from '../../schema/values'
import { address, blockCursor, pageSize } from '../input'

export const earningsSchema = specify({
  summary: "A miner's earnings a block",
  description: 'The newest first, with all that is needed to work each out again.',
  rest: { method: 'GET', path: '/miners/{address}/earnings' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ address, cursor: blockCursor.nullish(), limit: pageSize.default(10) }),
  output: z.object({
    earnings: listOf(
      splitLine.extend({
        blockHash: hash,
        height: z.number(),
        status: blockStatus,
        confirmations: count,
        mode: payoutMode,
        foundAtMs: timeMs,
        windowTotal: big,
        coinbaseValueSats: sats,
        poolFeeSats: sats,
        feeBasisPoints: z.number(),
        rewardSats: sats,
        finderBonusSats: sats.describe("Of it the finder's, before it was cut by the scores."),
        finderBonusBasisPoints: z.number(),
      }),
    ),
    nextCursor: maybe(z.string()),
  }),
})
