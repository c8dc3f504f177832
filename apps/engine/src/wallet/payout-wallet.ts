import type { TransactionOutput } from '@headframe/core/chain/transaction'
import type { Transaction } from '@headframe/core/chain/transaction'
import type { Outpoint, PayoutPlace, SignedPayment } from '@headframe/core/payout/batch'
import type { Sighting } from '@headframe/core/payout/next-step'

/** An unsigned transaction of the wallet's making. */
export interface FundedPsbt {
  /** Base64 (BIP 174). */
  readonly psbt: string
  readonly feeSats: bigint
}

export interface Funding {
  /** At least this, satoshis a virtual byte. */
  readonly feeRate: number
  /** The fee is taken off the outputs instead of the change. */
  readonly isFeeOfPayees: boolean
  /** What it has to spend, whatever else it spends. */
  readonly inputs: readonly Outpoint[]
}

/** What a node made of a transaction. `refused` has the node's own words. */
export type Sent =
  | { readonly kind: 'sent' }
  /** Some of its coins are spent by another transaction, or it is in the chain itself. */
  | { readonly kind: 'spent' }
  | { readonly kind: 'fee-too-low' | 'refused'; readonly reason: string }

/** What spends a coin. `block` and `confirmations`: undefined and 0 while it waits in the mempool. */
export interface Spender {
  readonly transaction: Transaction
  readonly signed: SignedPayment
  readonly block: Omit<PayoutPlace, 'version'> | undefined
  readonly confirmations: number
}

/** `unknown`: it is spent, and what by was not found. */
export type SpenderLook = Spender | 'unspent' | 'unknown'

/** A transaction that spends coins of the wallet. */
export interface WalletSend {
  readonly txid: string
  /** 0: it waits, or is forgotten; below: another one with its coins is in the chain, that deep. */
  readonly confirmations: number
}

export interface WalletSends {
  readonly sends: readonly WalletSend[]
  /** Whoever asks from this block on next time misses nothing that is new by then. */
  readonly end: string
}

/**
 * The wallet that payouts are made from, and its node's view of the chain. All calls throw PayoutProblem when they
 * cannot be answered; none of them pays anything but `send`.
 */
export interface PayoutWallet {
  /**
   * Whether the node is on the pool's chain, and the wallet is there. Returns the height of its tip.
   * `tip`: the best block that the pool knows.
   */
  check(tip: { readonly hash: string; readonly height: number } | undefined): Promise<number>
  /** Satoshis a virtual byte for a confirmation within some blocks. */
  estimateFeeRate(): Promise<number>
  fund(outputs: readonly TransactionOutput[], funding: Funding): Promise<FundedPsbt>
  /** Undefined when this wallet has not all of the keys. */
  sign(psbt: string): Promise<Uint8Array | undefined>
  /** Hands the same bytes to the node, as often as wanted. `feeSats`: what they have to cost. */
  send(payment: SignedPayment, feeSats: bigint): Promise<Sent>
  /** `place`: the block that it was last seen in. */
  look(txid: string, place: PayoutPlace | undefined): Promise<Sighting>
  /** Searches the blocks above `fromHeight`, too. */
  findSpender(coin: Outpoint, fromHeight: number): Promise<SpenderLook>
  /** All that has left the wallet and is not in the chain up to that block; undefined: all that ever has. */
  listSends(since: string | undefined): Promise<WalletSends>
  /** One of them. */
  readSend(txid: string): Promise<Transaction>
  /** Whether what is paid to a script comes back to the wallet. */
  owns(script: Uint8Array): Promise<boolean>
  /** Keeps coins out of other transactions of the wallet. What is spent cannot be kept, and needs not. */
  lock(coins: readonly Outpoint[]): Promise<void>
  unlock(coins: readonly Outpoint[]): Promise<void>
}
