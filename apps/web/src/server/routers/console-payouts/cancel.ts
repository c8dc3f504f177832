import { cancelUnsigned } from '@headframe/db/payout/cancel-batch'
import { readPayoutOverview } from '@headframe/db/payout/list-overviews'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { cancelSchema } from './cancel.schema'
import { changePayout } from './change'

export const cancel = actionProcedure(cancelSchema).mutation(({ ctx, input: { id, isNeverSigned } }) =>
  changePayout(ctx, id, async () => {
    const { database, viewer, nowMs } = ctx
    const payout = await readPayoutOverview(database.pool, BigInt(id))
    // Whoever has the PSBT can make a payment of it at any time, and where keys are is not known here.
    if (payout?.state === 'funded' && !isNeverSigned)
      throw refuse('conflict', `Payout ${id} may have been exported. Say that no signed copy of it exists.`)
    await cancelUnsigned(database, BigInt(id), {
      atMs: nowMs(),
      detail: 'taken back by an operator',
      author: viewer.name,
    })
  }),
)
