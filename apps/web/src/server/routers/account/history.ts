import { listChanges } from '@headframe/db/account/list-changes'
import { ownProcedure } from '../../trpc'
import { historySchema } from './history.schema'

/** What was changed, the newest first; the cursor is the number of the last one. */
export const history = ownProcedure(historySchema).query(async ({ ctx, input: { cursor, limit } }) => {
  const beforeId = cursor === undefined || cursor === null ? undefined : BigInt(cursor)
  const found = await listChanges(ctx.database.pool, ctx.viewer.minerId, beforeId, limit + 1)
  const page = found.slice(0, limit)
  return { changes: page, nextCursor: found.length > limit ? page.at(-1)?.id.toString() : undefined }
})
