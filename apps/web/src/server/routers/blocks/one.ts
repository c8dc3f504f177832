import { listAnswers } from '@headframe/db/block/list-answers'
import { readBlock } from '@headframe/db/block/read-block'
import { readSplit } from '@headframe/db/block/read-split'
import { describeAnswers } from '../../block-answers'
import { describeBlock } from '../../block'
import { procedure } from '../../trpc'
import { oneSchema } from './one.schema'

/** One block, what the nodes said of it, and how its reward was split; null when the pool did not find it. */
export const one = procedure(oneSchema).query(async ({ ctx, input }) => {
  const hash = input.hash.toLowerCase()
  const db = ctx.database.pool
  const [block, split, answers] = await Promise.all([
    readBlock(db, hash),
    readSplit(db, hash),
    listAnswers(db, hash),
  ])
  return block === undefined
    ? null
    : { block: describeBlock(block), split, answers: describeAnswers(answers) }
})
