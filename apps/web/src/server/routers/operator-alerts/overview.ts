import { readAlerts } from '../../alert/overview'
import { operatorProcedure } from '../../trpc'
import { overviewSchema } from './overview.schema'

export const overview = operatorProcedure(overviewSchema).query(({ ctx }) => readAlerts(ctx, ctx.viewer))
