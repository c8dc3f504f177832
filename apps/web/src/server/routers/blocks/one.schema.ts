import { z } from 'zod'
import { specify } from '../../api/specify'
import { block, blockAnswer, blockSplit } from '../../schema/block'
import { listOf, maybe } from '../../schema/values'
import { blockHash } from '../input'

export const oneSchema = specify({
  summary: 'One block',
  description:
    'What the nodes said of it, and how its reward was split; `split` is absent until it is settled.',
  rest: { method: 'GET', path: '/blocks/{hash}' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ hash: blockHash }),
  output: z.object({ block, split: maybe(blockSplit), answers: listOf(blockAnswer) }).nullable(),
  absent: 'The pool found no block with this hash.',
})
