import { COINBASE_IMMATURE, FEE_INCOME, minerAccount, WALLET } from '@headframe/core/accounting/account'
import type { RewardSplit } from '@headframe/core/accounting/split-reward'
import type { BlockStatus } from '../../src/generated/enums.js'

export interface ModelBlock {
  readonly hash: string
  /** How its reward is cut once it is credited. */
  readonly split: RewardSplit
  status: BlockStatus
  booked: BlockStatus
}

/** What a ledger should hold, said a second time: by what it has come to, and not by how it came there. */
export class LedgerModel {
  readonly blocks: ModelBlock[] = []

  /** Account -> satoshis, without those at 0. */
  balances(): Map<string, bigint> {
    const balances = new Map<string, bigint>()
    for (const block of this.blocks) {
      for (const [account, sats] of partsOf(block))
        balances.set(account, (balances.get(account) ?? 0n) + sats)
    }
    return new Map([...balances].filter(([, sats]) => sats !== 0n))
  }
}

function partsOf({ booked, split }: ModelBlock): [string, bigint][] {
  if (booked !== 'immature' && booked !== 'mature') return []
  const part = booked === 'mature' ? 'available' : 'immature'
  const owed = split.shares.map(
    ({ miner, amountSats, directSats }) => [minerAccount(miner, part), directSats - amountSats] as const,
  )
  const owedSats = owed.reduce((sum, [, sats]) => sum - sats, 0n)
  return [
    ...owed.map(([account, sats]): [string, bigint] => [account, sats]),
    [FEE_INCOME, -split.feeSats],
    [booked === 'mature' ? WALLET : COINBASE_IMMATURE, owedSats + split.feeSats],
  ]
}
