import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

type Outputs = inferRouterOutputs<AppRouter>['pool']

/** A pool that was set up, as `pool.summary` tells it. */
export type PoolState = Extract<Outputs['summary'], { isSetUp: true }>
export type LuckState = Outputs['luck']['rounds'][number]
export type TipState = Extract<Outputs['tips'], { known: true }>['value']['tips'][number]
