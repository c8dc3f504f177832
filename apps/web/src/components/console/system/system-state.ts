import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../../server/routers/root'

type Answers = inferRouterOutputs<AppRouter>['consoleSystem']
type Known<Reading> = Extract<Reading, { known: true }> extends { value: infer Value } ? Value : never

export type NodesState = Answers['nodes']
export type NodeDetails = Known<NodesState['node']>['nodes'][number]
export type JobDetails = Known<NodesState['work']>['jobs'][number]

/** Ages and delays are no news that anybody tells a page. */
export const REFRESH_MS = 5_000
