import { actionProcedure } from '../../trpc'
import { changeSchema } from './change.schema'
import { changeSetting } from './on-record'

export const change = actionProcedure(changeSchema).mutation(({ ctx, input: { name, value } }) =>
  changeSetting(ctx, name, value),
)
