import { actionProcedure } from '../../trpc'
import { changeSetting } from './on-record'
import { resetSchema } from './reset.schema'

export const reset = actionProcedure(resetSchema).mutation(({ ctx, input: { name } }) =>
  changeSetting(ctx, name, undefined),
)
