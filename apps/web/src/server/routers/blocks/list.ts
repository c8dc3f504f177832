import { listBlocks, type BlockCursor } from '@headframe/db/block/list-blocks'
import { listNodeAnswers } from '@headframe/db/block/list-node-answers'
import { describeBlock } from '../../block'
import { standingOf } from '../../block-standing'
import type { Context } from '../../context'
import { procedure } from '../../trpc'
import { writeBlockCursor } from '../input'
import { listSchema } from './list.schema'

/** The blocks the pool found, the newest first. */
export const list = procedure(listSchema).query(({ ctx, input: { cursor, limit } }) => {
  // The first page is what everybody looks at.
  if (cursor !== undefined && cursor !== null) return readPage(ctx, cursor, limit)
  return ctx.cache.get(`blocks.list:${limit}`, () => readPage(ctx, undefined, limit))
})

async function readPage(context: Context, cursor: BlockCursor | undefined, limit: number) {
  const found = await listBlocks(context.database.pool, cursor, limit + 1)
  const page = found.slice(0, limit)
  const answers = await listNodeAnswers(
    context.database.pool,
    page.map(({ hash }) => hash),
  )
  const last = page.at(-1)
  const hasMore = found.length > limit && last !== undefined
  return {
    blocks: page.map((block) => ({
      ...describeBlock(block),
      standing: standingOf(answers.get(block.hash) ?? []),
    })),
    nextCursor: hasMore ? writeBlockCursor({ foundAtMs: last.foundAtMs, hash: last.hash }) : undefined,
  }
}
