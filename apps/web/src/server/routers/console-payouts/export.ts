import { versionToSign } from '@headframe/core/payout/version-to-sign'
import { readBatch } from '@headframe/db/payout/list-batches'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { changePayout } from './change'
import { exportSchema } from './export.schema'

export const exportPsbt = actionProcedure(exportSchema).mutation(async ({ ctx, input: { id } }) => {
  const batch = await readBatch(ctx.database.pool, BigInt(id))
  // Nothing changes by it; the log says who had it, and of which version.
  await changePayout(ctx, id, () => Promise.resolve())
  try {
    const { number, psbt } = versionToSign(batch!)
    return { version: number, psbt }
  } catch (error) {
    throw refuse('conflict', (error as Error).message)
  }
})
