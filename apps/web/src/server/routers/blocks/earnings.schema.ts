import { z } from 'zod'
import { specify } from '../../api/specify'
import { splitLine } from '../../schema/block'
import { listOf, maybe } from '../../schema/values'
import { address, blockHash, pageSize } from '../input'

export const earningsSchema = specify({
  summary: "The lines of a block's split",
  description:
    'In the order in which it was cut, which is that of the addresses; the cursor is the last address.',
  rest: { method: 'GET', path: '/blocks/{hash}/earnings' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ hash: blockHash, cursor: address.nullish(), limit: pageSize.default(50) }),
  output: z.object({
    earnings: listOf(splitLine.extend({ address: z.string() })),
    nextCursor: maybe(z.string()),
  }),
})
