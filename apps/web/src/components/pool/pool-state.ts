import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

/** A pool that was set up, as `pool.summary` tells it. */
export type PoolState = Extract<inferRouterOutputs<AppRouter>['pool']['summary'], { isSetUp: true }>
