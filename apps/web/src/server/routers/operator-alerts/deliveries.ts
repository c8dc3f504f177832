import { listDeliveriesFor } from '../../alert/deliveries'
import { operatorProcedure } from '../../trpc'
import { deliveriesSchema } from './deliveries.schema'

export const deliveries = operatorProcedure(deliveriesSchema).query(({ ctx, input }) =>
  listDeliveriesFor(ctx, ctx.viewer, input),
)
