import type { NodeAnswer } from '@headframe/core/block/candidate'
import type { Network } from '@headframe/core/chain/network'
import type { Job } from '@headframe/core/job/job'
import type { TransactionsNews } from '../jobs/transaction-archive.js'
import type { WorkSent } from '../live/tip-log.js'
import type { RunTimeSettings } from './setting-watch.js'

/** What the primary tells a stratum process over the cluster channel (structured clone). */
export type ToStratum =
  | {
      readonly type: 'start'
      readonly slot: number
      readonly network: Network
      /** Leased for the slot: no other process of the pool, on whatever host, has it. */
      readonly extranonce1Prefix: number
      /** An earlier process of the slot has died in this run: what it left unanswered is to be sent again. */
      readonly resumesBlocks: boolean
    }
  | { readonly type: 'job'; readonly job: Job }
  /** Of the transactions of a job that was sent before. */
  | { readonly type: 'transactions'; readonly news: TransactionsNews }
  /** There is no honest work left: close the miners and take no new ones until the next job. */
  | { readonly type: 'retire' }
  /** As they stand: before the first job, and whenever an operator has changed some. */
  | { readonly type: 'settings'; readonly settings: RunTimeSettings }
  | { readonly type: 'close' }

/** What a stratum process tells the primary. */
export type ToPrimary =
  /** The channel is listened to; what was sent before may be lost. */
  | { readonly type: 'hello' }
  /** The journal is recovered, and what miners were doing is known again; send the job. */
  | { readonly type: 'started' }
  | { readonly type: 'listening'; readonly ports: readonly number[] }
  /** Every miner of the process has the first job of a tip. */
  | { readonly type: 'work-sent'; readonly sent: WorkSent }
  | { readonly type: 'block-found'; readonly hash: string; readonly height: number }
  /** The call has left for a node, so long after the share came. */
  | { readonly type: 'block-sent'; readonly node: string; readonly afterMs: number }
  | { readonly type: 'block-answered'; readonly hash: string; readonly answer: NodeAnswer }
