import { COINBASE_IMMATURE, FEE_INCOME, minerAccount, WALLET } from './account.js'
import type { RewardSplit } from './split-reward.js'

/** One line of a ledger transaction; the amounts of a transaction sum to 0, and none of them is 0. */
export interface Posting {
  readonly account: string
  /** Positive when an asset comes in or a debt goes, negative when an asset goes or a debt comes. */
  readonly amountSats: bigint
}

/**
 * `block-credit`, when a block is found: its coinbase comes in, the miners are owed their parts, the pool its fee. What
 * the coinbase pays to a miner himself counts as well, and goes out again by `block-pay`. `incomeAccount`: that of the
 * scheme.
 */
export function blockCredit(split: RewardSplit, incomeAccount = FEE_INCOME): Posting[] {
  return withoutZeros([
    { account: COINBASE_IMMATURE, amountSats: split.rewardSats + split.feeSats },
    { account: incomeAccount, amountSats: -split.feeSats },
    ...split.shares.map(({ miner, amountSats }) => ({
      account: minerAccount(miner, 'immature'),
      amountSats: -amountSats,
    })),
  ])
}

/**
 * `block-pay`, right behind `block-credit`: what the coinbase has paid to miners itself is owed to them no more, and was
 * never the pool's. None when it has paid nobody.
 */
export function blockPay(split: RewardSplit): Posting[] {
  return withoutZeros([
    { account: COINBASE_IMMATURE, amountSats: -directSatsOf(split) },
    ...split.shares.map(({ miner, directSats }) => ({
      account: minerAccount(miner, 'immature'),
      amountSats: directSats,
    })),
  ])
}

/**
 * `block-mature`, when the coinbase can be spent: what is owed becomes payable, and the asset moves with it. None when
 * the coinbase has paid the pool nothing.
 */
export function blockMature(split: RewardSplit): Posting[] {
  const poolSats = split.rewardSats + split.feeSats - directSatsOf(split)
  return withoutZeros([
    { account: COINBASE_IMMATURE, amountSats: -poolSats },
    { account: WALLET, amountSats: poolSats },
    ...split.shares.flatMap(({ miner, amountSats, directSats }) => [
      { account: minerAccount(miner, 'immature'), amountSats: amountSats - directSats },
      { account: minerAccount(miner, 'available'), amountSats: directSats - amountSats },
    ]),
  ])
}

/**
 * `block-stale`, when the block has lost its place before it matured: the reverse of `block-credit` and `block-pay`, line
 * by line.
 */
export function blockStale(split: RewardSplit): Posting[] {
  return reverse([...blockCredit(split), ...blockPay(split)])
}

/** The opposite, line by line. */
export function reverse(postings: readonly Posting[]): Posting[] {
  return postings.map(({ account, amountSats }) => ({ account, amountSats: -amountSats }))
}

function directSatsOf({ shares }: RewardSplit): bigint {
  return shares.reduce((sum, { directSats }) => sum + directSats, 0n)
}

/** An entry that moves nothing is none. */
export function withoutZeros(postings: readonly Posting[]): Posting[] {
  return postings.filter(({ amountSats }) => amountSats !== 0n)
}
