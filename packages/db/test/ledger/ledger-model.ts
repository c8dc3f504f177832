import { COINBASE_IMMATURE, FEE_INCOME, minerAccount, WALLET } from '@headframe/core/accounting/account'
import type { Posting } from '@headframe/core/accounting/postings'
import type { RewardSplit } from '@headframe/core/accounting/split-reward'
import type { BlockStatus } from '../../src/generated/enums.js'

export interface ModelBlock {
  readonly hash: string
  /** How its reward is cut once it is credited. */
  readonly split: RewardSplit
  status: BlockStatus
  booked: BlockStatus
}

export interface ModelCorrection {
  readonly transactionId: bigint
  readonly postings: readonly Posting[]
  isReversed: boolean
}

/** What a ledger should hold, said a second time: by what it has come to, and not by how it came there. */
export class LedgerModel {
  readonly blocks: ModelBlock[] = []
  /** Those that take another back are not in it. */
  readonly corrections: ModelCorrection[] = []

  /** What corrections have given to an account. */
  givenSats(account: string): bigint {
    let given = 0n
    for (const posting of this.corrected()) if (posting.account === account) given -= posting.amountSats
    return given
  }

  /** Account -> satoshis, without those at 0. */
  balances(): Map<string, bigint> {
    const balances = new Map<string, bigint>()
    for (const { account, amountSats } of [...this.blocks.flatMap(partsOf), ...this.corrected()]) {
      balances.set(account, (balances.get(account) ?? 0n) + amountSats)
    }
    return new Map([...balances].filter(([, sats]) => sats !== 0n))
  }

  corrected(): Posting[] {
    return this.corrections.flatMap(({ isReversed, postings }) => (isReversed ? [] : postings))
  }
}

function partsOf({ booked, split }: ModelBlock): Posting[] {
  if (booked !== 'immature' && booked !== 'mature') return []
  const part = booked === 'mature' ? 'available' : 'immature'
  const owed = split.shares.map(({ miner, amountSats, directSats }) => ({
    account: minerAccount(miner, part),
    amountSats: directSats - amountSats,
  }))
  const owedSats = owed.reduce((sum, { amountSats }) => sum - amountSats, 0n)
  return [
    ...owed,
    { account: FEE_INCOME, amountSats: -split.feeSats },
    { account: booked === 'mature' ? WALLET : COINBASE_IMMATURE, amountSats: owedSats + split.feeSats },
  ]
}
