import { approvalAbove as lowerOf } from '@headframe/core/payout/approval-above'
import { readControl } from '@headframe/db/payout/control'
import { poolSettings } from '../../context'
import { operatorProcedure } from '../../trpc'
import { approvalAboveSchema } from './approval-above.schema'

export const approvalAbove = operatorProcedure(approvalAboveSchema).query(async ({ ctx }) => {
  const settingSats = (await poolSettings(ctx))?.payouts?.approvalAboveSats
  const { approvalAboveSats: operatorSats } = await readControl(ctx.database.pool)
  return { settingSats, operatorSats, inForceSats: lowerOf(settingSats, operatorSats) }
})
