import { isInForce, liftedBan } from '@headframe/core/live/ban'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { changeBan } from './change'
import { liftSchema } from './lift.schema'

export const lift = actionProcedure(liftSchema).mutation(({ ctx, input: { address } }) =>
  changeBan(ctx, address, (decision) => {
    const { previous, nowMs } = decision
    if (previous === undefined || !isInForce(previous, nowMs))
      throw refuse('not-found', `${address} is not banned.`)
    return liftedBan({ ...decision, reason: 'lifted' })
  }),
)
