import { listDeliveriesFor } from '../../alert/deliveries'
import { ownProcedure } from '../../trpc'
import { deliveriesSchema } from './deliveries.schema'

export const deliveries = ownProcedure(deliveriesSchema).query(({ ctx, input }) =>
  listDeliveriesFor(ctx, ctx.viewer, input),
)
