import { COINBASE_IMMATURE, FEE_INCOME, minerAccount, WALLET } from './account.js'
import type { RewardSplit } from './split-reward.js'

/** One line of a ledger transaction; the amounts of a transaction sum to 0, and none of them is 0. */
export interface Posting {
  readonly account: string
  /** Positive when an asset comes in or a debt goes, negative when an asset goes or a debt comes. */
  readonly amountSats: bigint
}

/** `block-credit`, when a block is found: its coinbase comes in, the miners are owed their parts, the pool its fee. */
export function blockCredit(split: RewardSplit): Posting[] {
  return withoutZeros([
    { account: COINBASE_IMMATURE, amountSats: split.rewardSats + split.feeSats },
    { account: FEE_INCOME, amountSats: -split.feeSats },
    ...split.shares.map(({ miner, amountSats }) => ({
      account: minerAccount(miner, 'immature'),
      amountSats: -amountSats,
    })),
  ])
}

/** `block-mature`, when the coinbase can be spent: what is owed becomes payable, and the asset moves with it. */
export function blockMature(split: RewardSplit): Posting[] {
  const coinbaseValueSats = split.rewardSats + split.feeSats
  return withoutZeros([
    { account: COINBASE_IMMATURE, amountSats: -coinbaseValueSats },
    { account: WALLET, amountSats: coinbaseValueSats },
    ...split.shares.flatMap(({ miner, amountSats }) => [
      { account: minerAccount(miner, 'immature'), amountSats },
      { account: minerAccount(miner, 'available'), amountSats: -amountSats },
    ]),
  ])
}

/** `block-stale`, when the block has lost its place before it matured: the reverse of `block-credit`, line by line. */
export function blockStale(split: RewardSplit): Posting[] {
  return blockCredit(split).map(({ account, amountSats }) => ({ account, amountSats: -amountSats }))
}

function withoutZeros(postings: readonly Posting[]): Posting[] {
  return postings.filter(({ amountSats }) => amountSats !== 0n)
}
