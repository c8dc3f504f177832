import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../../server/routers/root'

type Answers = inferRouterOutputs<AppRouter>['consoleSystem']
export type RulesState = inferRouterOutputs<AppRouter>['consoleProfiles']['rules']
export type RuleState = RulesState['rules'][number]
type Known<Reading> = Extract<Reading, { known: true }> extends { value: infer Value } ? Value : never

export type NodesState = Answers['nodes']
export type NodeDetails = Known<NodesState['node']>['nodes'][number]
export type ProcessesState = Answers['processes']
export type ProgramState = Known<ProcessesState['programs']>[number]
export type QueuesState = Answers['queues']
export type TaskState = Known<QueuesState>['tasks'][number]
export type JournalState = Answers['journal']
export type WriterState = JournalState['writers'][number]
export type ProfilesState = Known<Answers['profiles']>
export type ClientState = ProfilesState['clients'][number]
export type ProfileState = ProfilesState['profiles'][number]
export type JobDetails = Known<NodesState['work']>['jobs'][number]

/** Ages and delays are no news that anybody tells a page. */
export const REFRESH_MS = 5_000

/** Of the rules that the stratum processes do not pass over. */
export const patternsInForce = (rules: readonly RuleState[], { profiles }: ProfilesState): string[] =>
  rules.filter((rule) => profiles.some(({ name }) => name === rule.profile)).map(({ pattern }) => pattern)
