import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

/** A pool that was set up, as `pool.status` tells it. */
export type StatusState = Extract<inferRouterOutputs<AppRouter>['pool']['status'], { isSetUp: true }>
type Known<Reading> = Extract<Reading, { known: true }> extends { value: infer Value } ? Value : never
export type NodeEntry = Known<StatusState['node']>['nodes'][number]
export type CheckState = Known<StatusState['selfCheck']>
export type CanaryPort = Known<StatusState['canary']>['ports'][number]
export type ProcessEntry = Known<StatusState['processes']>[number]
export type PayoutsStatus = StatusState['payouts']

export const WHY_UNKNOWN = {
  'feed-away': 'The live feed (Redis) is away',
  'not-reported': 'Nobody reports',
} as const
