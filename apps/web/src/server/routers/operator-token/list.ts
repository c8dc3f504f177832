import { listTokensFor } from '../../token/list-for'
import { operatorProcedure } from '../../trpc'
import { listSchema } from './list.schema'

export const list = operatorProcedure(listSchema).query(({ ctx }) => listTokensFor(ctx, ctx.viewer))
