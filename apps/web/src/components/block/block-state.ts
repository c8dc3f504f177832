import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

/** A block of the pool and its split, as `blocks.one` tells it. */
export type BlockState = NonNullable<inferRouterOutputs<AppRouter>['blocks']['one']>
export type SplitState = NonNullable<BlockState['split']>
