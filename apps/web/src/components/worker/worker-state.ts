import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

type Outputs = inferRouterOutputs<AppRouter>['worker']

/** A worker that the pool knows, as `worker.summary` tells it. */
export type WorkerSummary = NonNullable<Outputs['summary']>
export type WorkerTimeline = NonNullable<Outputs['timeline']>
export type WorkerBest = WorkerSummary['bests'][number]
