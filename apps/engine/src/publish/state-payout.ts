import { bytesToHex } from '@headframe/core/bytes'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { signPayoutStatement } from '@headframe/core/published/payout-statement'
import type { UnstatedPayout } from '@headframe/db/public-log/list-unstated-payouts'
import type { StateOptions } from './state-block.js'

/** The statement of a payout that lies deep in the chain: its transaction, and whose debts it has paid. */
export function statePayout({ network, key }: StateOptions, payout: UnstatedPayout): string {
  const { batchId, txid, raw, blockHash, height, items } = payout
  const named = items.map(({ address, amountSats, sentSats, paidTo }) => ({
    payee: address,
    amountSats,
    sentSats,
    paidTo,
  }))
  const transaction = { txid, raw: bytesToHex(raw), blockHash, height }
  return canonicalJson(
    signPayoutStatement({ network, batch: Number(batchId), ...transaction, items: named }, key),
  )
}
