import { changeWorker, listWorkerSettings } from '@headframe/db/account/worker-settings'
import { changedBy } from '../../account/viewer-author'
import { refuse } from '../../error/refuse'
import { ownProcedure } from '../../trpc'
import { setWorkerSchema, workersSchema } from './workers.schema'

const MAX_WORKERS = 1_000

/** What is noted of his workers, by name. */
export const workers = ownProcedure(workersSchema).query(async ({ ctx }) => {
  const found = await listWorkerSettings(ctx.database.pool, ctx.viewer.minerId, MAX_WORKERS)
  return { workers: found, isCut: found.length === MAX_WORKERS }
})

export const setWorker = ownProcedure(setWorkerSchema).mutation(async ({ ctx, input }) => {
  const { name, isHidden } = input
  const wanted = { label: input.label ?? undefined, notes: input.notes ?? undefined, isHidden }
  const by = changedBy(ctx.viewer, ctx.nowMs())
  if (!(await changeWorker(ctx.database, ctx.viewer.minerId, name, wanted, by)))
    throw refuse('not-found', 'You have no worker of this name.')
  return { name }
})
