import { listActions, listAuthors } from '@headframe/db/operator/list-actions'
import { operatorProcedure } from '../../trpc'
import { actionsSchema } from './actions.schema'

export const actions = operatorProcedure(actionsSchema).query(async ({ ctx, input }) => {
  const { cursor, limit, ...filter } = input
  const { pool } = ctx.database
  const beforeId = cursor === undefined || cursor === null ? undefined : BigInt(cursor)
  const [found, authors] = await Promise.all([
    listActions(pool, filter, beforeId, limit + 1),
    listAuthors(pool),
  ])
  const page = found.slice(0, limit)
  const nextCursor = found.length > limit ? page.at(-1)?.id.toString() : undefined
  return { actions: page, authors, nextCursor }
})
