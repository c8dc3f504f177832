import { readBlock } from '@headframe/db/block/read-block'
import { readSplit } from '@headframe/db/block/read-split'
import { z } from 'zod'
import { describeBlock } from '../../block'
import { procedure } from '../../trpc'
import { blockHash } from '../input'

/** One block and how its reward was split; null when the pool did not find it. */
export const one = procedure.input(z.object({ hash: blockHash })).query(async ({ ctx, input }) => {
  const hash = input.hash.toLowerCase()
  const db = ctx.database.pool
  const [block, split] = await Promise.all([readBlock(db, hash), readSplit(db, hash)])
  return block === undefined ? null : { block: describeBlock(block), split }
})
