import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'

type Outputs = inferRouterOutputs<AppRouter>

/** A miner that the journal knows, as `miner.summary` tells it. */
export type MinerState = Extract<Outputs['miner']['summary'], { known: true }>
export type WorkerState = Outputs['miner']['workers']['workers'][number]
export type EarningState = Outputs['miner']['earnings']['earnings'][number]
export type ShareEarningState = Outputs['miner']['shareEarnings']['days'][number]
export type PayoutState = Outputs['miner']['payouts']['payouts'][number]
export type DailyState = NonNullable<Outputs['miner']['daily']>
export type BalanceState = NonNullable<Outputs['miner']['balance']>
