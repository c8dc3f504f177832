import type { Transaction } from '../chain/transaction.js'

/**
 * How far a batch has come, in this order; each step is a commit of its own. `cancelled`: it never paid and never will,
 * and its amounts are payable again.
 */
export type PayoutState =
  'planned' | 'funded' | 'signed' | 'broadcast' | 'confirmed' | 'settled' | 'cancelled'

/** Who bears the network's fee: the pool on top, or the payees out of their amounts. */
export type FeePayer = 'pool' | 'payees'

/** An output of an earlier transaction. */
export interface Outpoint {
  /** Display order, hex. */
  readonly txid: string
  readonly index: number
}

/** What one miner is to get by a batch. */
export interface PayoutItem {
  readonly address: string
  readonly script: Uint8Array
  /** Taken from what he is owed. Where payees bear the fee, his output has less. */
  readonly amountSats: bigint
}

/**
 * One transaction that would pay a batch. All versions of a batch spend the same inputs, and perhaps more, so that at
 * most one of them can ever confirm.
 */
export interface PayoutVersion {
  /** From 1. */
  readonly number: number
  /** Unsigned, base64 (BIP 174). */
  readonly psbt: string
  readonly unsigned: Transaction
  readonly feeSats: bigint
  /** Satoshis a virtual byte, as it was asked for. */
  readonly feeRate: number
  /** The tip when it was funded: no block up to there can hold it. */
  readonly fundedHeight: number
  readonly fundedAtMs: number
  /** Known once it is signed; the bytes that are sent, again and again if need be, and never others. */
  readonly signed: SignedPayment | undefined
  readonly sentAtMs: number | undefined
}

export interface SignedPayment {
  readonly raw: Uint8Array
  /** Display order, hex. */
  readonly txid: string
}

/** Where the version is that has a place in the chain. */
export interface PayoutPlace {
  readonly version: number
  /** Display order, hex. */
  readonly blockHash: string
  readonly height: number
}

export interface PayoutBatch {
  readonly id: bigint
  readonly state: PayoutState
  readonly feePayer: FeePayer
  readonly totalSats: bigint
  readonly createdAtMs: number
  /** Somebody has to agree before it is funded, and has not yet. */
  readonly awaitsApproval: boolean
  /** An operator wants a higher fee. */
  readonly bumpRequested: boolean
  readonly items: readonly PayoutItem[]
  /** In the order of their numbers, without those that were given up unsigned. */
  readonly versions: readonly PayoutVersion[]
  /** While it is confirmed or settled. */
  readonly place: PayoutPlace | undefined
}
