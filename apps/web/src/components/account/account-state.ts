import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

type Outputs = inferRouterOutputs<AppRouter>['account']
export type Overview = Outputs['overview']
export type OwnWorker = Outputs['workers']['workers'][number]
