import { saveWishesFor } from '../../alert/rules'
import { actionProcedure } from '../../trpc'
import { saveWishesSchema } from './save-wishes.schema'
import { changeWishes } from './on-record'

export const saveWishes = actionProcedure(saveWishesSchema).mutation(({ ctx, input }) =>
  changeWishes(ctx, () => saveWishesFor(ctx, ctx.viewer, input)),
)
