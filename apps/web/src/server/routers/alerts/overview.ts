import { readAlerts } from '../../alert/overview'
import { ownProcedure } from '../../trpc'
import { overviewSchema } from './overview.schema'

export const overview = ownProcedure(overviewSchema).query(({ ctx }) => readAlerts(ctx, ctx.viewer))
