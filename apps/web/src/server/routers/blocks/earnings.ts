import { listBlockEarnings } from '@headframe/db/block/list-block-earnings'
import { procedure } from '../../trpc'
import { earningsSchema } from './earnings.schema'

/** The lines of a block's split in the order in which it was cut; the cursor is the last address. */
export const earnings = procedure(earningsSchema).query(async ({ ctx, input: { hash, cursor, limit } }) => {
  const found = await listBlockEarnings(ctx.database.pool, hash.toLowerCase(), cursor ?? undefined, limit + 1)
  const page = found.slice(0, limit)
  return { earnings: page, nextCursor: found.length > limit ? page.at(-1)?.address : undefined }
})
