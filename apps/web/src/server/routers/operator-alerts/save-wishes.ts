import { saveWishesFor } from '../../alert/rules'
import { operatorProcedure } from '../../trpc'
import { saveWishesSchema } from './save-wishes.schema'

export const saveWishes = operatorProcedure(saveWishesSchema).mutation(({ ctx, input }) =>
  saveWishesFor(ctx, ctx.viewer, input),
)
