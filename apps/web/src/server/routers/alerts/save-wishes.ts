import { saveWishesFor } from '../../alert/rules'
import { ownProcedure } from '../../trpc'
import { saveWishesSchema } from './save-wishes.schema'

export const saveWishes = ownProcedure(saveWishesSchema).mutation(({ ctx, input }) =>
  saveWishesFor(ctx, ctx.viewer, input),
)
