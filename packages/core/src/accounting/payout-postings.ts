import { minerAccount, NETWORK_FEE, WALLET } from './account.js'
import type { Posting } from './postings.js'
import { reverse, withoutZeros } from './postings.js'

/** What one miner is paid by a batch. */
export interface Payment {
  /** Address. */
  readonly miner: string
  /** What he is owed less for it. */
  readonly amountSats: bigint
}

/** What the transaction came to that has paid a batch. */
export interface PaidBatch {
  readonly payments: readonly Payment[]
  /** All outputs to miners. Less than the amounts where payees bear the fee. */
  readonly sentSats: bigint
  readonly feeSats: bigint
}

/** `payout-plan`: the amounts of a batch are set aside, so that no other batch takes them. */
export function payoutPlan(payments: readonly Payment[]): Posting[] {
  return payments.flatMap(({ miner, amountSats }) => [
    { account: minerAccount(miner, 'available'), amountSats },
    { account: minerAccount(miner, 'locked'), amountSats: -amountSats },
  ])
}

/** `payout-cancel`: the batch never pays; the reverse of `payout-plan`. */
export function payoutCancel(payments: readonly Payment[]): Posting[] {
  return reverse(payoutPlan(payments))
}

/**
 * `payout-settle`: the chain has paid. The debts are gone, and so are the coins and the fee. What the amounts do not
 * cover of both is the pool's expense: all of the fee, or, where payees bear it, what a later version costs more.
 */
export function payoutSettle({ payments, sentSats, feeSats }: PaidBatch): Posting[] {
  const amountsSats = payments.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  return withoutZeros([
    ...payments.map(({ miner, amountSats }) => ({ account: minerAccount(miner, 'locked'), amountSats })),
    { account: WALLET, amountSats: -(sentSats + feeSats) },
    { account: NETWORK_FEE, amountSats: sentSats + feeSats - amountsSats },
  ])
}

/** `payout-reorganised`: the transaction has lost its place in the chain after all; the reverse of `payout-settle`. */
export function payoutReorganised(paid: PaidBatch): Posting[] {
  return reverse(payoutSettle(paid))
}
