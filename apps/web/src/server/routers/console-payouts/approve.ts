import { approveBatch } from '@headframe/db/payout/approve-batch'
import { actionProcedure } from '../../trpc'
import { approveSchema } from './approve.schema'
import { changePayout } from './change'

export const approve = actionProcedure(approveSchema).mutation(({ ctx, input: { id } }) =>
  changePayout(ctx, id, () => approveBatch(ctx.database, BigInt(id), ctx.viewer.name, ctx.nowMs())),
)
