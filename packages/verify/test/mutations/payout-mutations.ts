import type { PayoutStatement } from '@headframe/core/published/payout-statement'
import { addressOf } from '../support/easy-chain.js'
import type { LogModel } from '../support/log-model.js'
import type { Mutation } from './mutation.js'

/** Changes what is said of the first payout. */
function state(change: (payout: PayoutStatement) => Partial<PayoutStatement>) {
  return (model: LogModel): void => {
    const [first, ...rest] = model.payouts
    model.payouts = [{ ...first!, ...change(first!) }, ...rest]
  }
}

export const PAYOUT_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a payout is said to pay more than its transaction does',
    model: state(({ items }) => ({
      items: items.map((item) => ({ ...item, sentSats: item.sentSats + 1n })),
    })),
    code: 'payout',
    says: /it pays \w+ \d+, and it says \d+/,
  },
  {
    name: 'a payout is said to pay another address',
    model: state(({ items }) => ({ items: items.map((item) => ({ ...item, payee: addressOf(90) })) })),
    code: 'payout',
    says: /it pays \w+ 0, and it says/,
  },
  {
    name: 'a payout sends more than it takes from what was owed',
    model: state(({ items }) => ({ items: items.map((item) => ({ ...item, amountSats: 1n })) })),
    code: 'payout',
    says: /more than it takes/,
  },
  {
    name: 'a payout names another transaction',
    model: state(() => ({ txid: '11'.repeat(32) })),
    code: 'payout',
    says: /has another id/,
  },
  {
    name: 'a payout’s transaction is none',
    model: state(({ raw }) => ({ raw: `${raw}00` })),
    code: 'payout',
    says: /cannot be read/,
  },
  {
    name: 'one transaction is shown for two payouts',
    model: (model) => {
      model.payouts[1] = { ...model.payouts[0]!, batch: 2 }
    },
    code: 'payout',
    says: /its transaction [0-9a-f]{64} has paid another/,
  },
  {
    name: 'a payout is of another network',
    model: state(() => ({ network: 'mainnet' })),
    code: 'document',
    says: /payout 1 is of mainnet/,
  },
]
