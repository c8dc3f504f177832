import { z } from 'zod'
import { specify } from '../../api/specify'
import { block, blockStanding } from '../../schema/block'
import { listOf, maybe } from '../../schema/values'
import { blockCursor, pageSize } from '../input'

export const listSchema = specify({
  summary: 'The blocks the pool found',
  description: 'The newest first.',
  rest: { method: 'GET', path: '/blocks' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ cursor: blockCursor.nullish(), limit: pageSize.default(25) }),
  output: z.object({
    blocks: listOf(block.extend({ standing: blockStanding })),
    nextCursor: maybe(z.string()),
  }),
})
