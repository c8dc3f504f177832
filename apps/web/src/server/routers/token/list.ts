import { listTokensFor } from '../../token/list-for'
import { ownProcedure } from '../../trpc'
import { listSchema } from './list.schema'

export const list = ownProcedure(listSchema).query(({ ctx }) => listTokensFor(ctx, ctx.viewer))
