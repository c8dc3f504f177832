import { requestBump } from '@headframe/db/payout/approve-batch'
import { actionProcedure } from '../../trpc'
import { bumpSchema } from './bump.schema'
import { changePayout } from './change'

export const bump = actionProcedure(bumpSchema).mutation(({ ctx, input: { id } }) =>
  changePayout(ctx, id, () => requestBump(ctx.database, BigInt(id), ctx.viewer.name, ctx.nowMs())),
)
