import type { FrozenWindow } from '../job/direct-split.js'
import type { PayoutMode } from '../share/share.js'

/** A block a miner of ours found, as the stratum process saw it: what is written to disk before the block is sent. */
export interface BlockCandidate {
  /** Display order, 64 hex digits. */
  readonly hash: string
  readonly height: number
  readonly nbits: number
  readonly foundAtMs: number
  /** Who found it, and under which rule it is paid. */
  readonly address: string
  readonly workerName: string
  readonly mode: PayoutMode
  /** As the template stated them; what the block really pays is read from the block when it is settled. */
  readonly coinbaseValueSats: bigint
  readonly feesSats: bigint
  /** The writer of the process that found it, and which start of that writer it was. */
  readonly writerId: string
  readonly incarnation: number
  /** Shares of that writer with a smaller sequence number came before the block or are the block's own share. */
  readonly windowEndShareSeq: bigint
  /** By what its coinbase pays miners itself; undefined when it pays none. */
  readonly paidWindow?: FrozenWindow | undefined
}

/** What a node said of a block of ours. */
export interface NodeAnswer {
  /** The node's name in BITCOIND_URLS. */
  readonly node: string
  /** What it was asked; `preciousblock` where the block and another one race for the same height. */
  readonly call: 'submitblock' | 'preciousblock'
  /** Null means accepted; otherwise a BIP 22 reason, `error CODE: MESSAGE`, or `away: REASON` (`submit-reason.ts`). */
  readonly result: string | null
  readonly answeredAtMs: number
  /** From the arrival of the submission, or the start of a later attempt, to the answer. */
  readonly tookMs: number
}
