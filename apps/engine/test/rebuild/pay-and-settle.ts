import { serialiseTransaction, txid, type Transaction } from '@headframe/core/chain/transaction'
import { bytesToHex, reversedBytes } from '@headframe/core/bytes'
import { confirmBatch } from '@headframe/db/payout/confirm-batch'
import { fundBatch } from '@headframe/db/payout/fund-batch'
import type { Lead } from '@headframe/db/payout/lead-payouts'
import { markSent } from '@headframe/db/payout/mark-sent'
import { planBatch } from '@headframe/db/payout/plan-batch'
import { reopenBatch } from '@headframe/db/payout/reopen-batch'
import { settleBatch } from '@headframe/db/payout/settle-batch'
import { signBatch } from '@headframe/db/payout/sign-batch'
import { psbtOf } from '../payout/psbt-of.js'

const SCRIPT = Uint8Array.of(1)
const FEE_SATS = 7n

/** A payout that is settled, loses its block, and is settled again in another, as far as the database knows. */
export async function payAndSettle(lead: Lead, address: string, amountSats: bigint): Promise<void> {
  const nowMs = Date.now()
  const items = [{ address, script: SCRIPT, amountSats }]
  const id = await planBatch(lead, { items, feePayer: 'pool', needsApproval: false }, nowMs)
  const unsigned = paymentOf(amountSats)
  const version = {
    psbt: psbtOf(unsigned),
    feeSats: FEE_SATS,
    feeRate: 1,
    fundedHeight: 1,
    fundedAtMs: nowMs,
  }
  await fundBatch(lead, id, version, [{ address, sentSats: amountSats }])
  await signBatch(lead, id, 1, signedFormOf(unsigned), nowMs)
  await markSent(lead, id, 1, nowMs)
  const settleIn = async (digit: string): Promise<void> => {
    await confirmBatch(lead, id, { version: 1, blockHash: digit.repeat(64), height: 2 }, nowMs)
    await settleBatch(lead, id, nowMs)
  }
  await settleIn('d')
  await reopenBatch(lead, id, nowMs)
  await settleIn('e')
}

function paymentOf(valueSats: bigint): Transaction {
  const coin = { prevTxid: new Uint8Array(32).fill(9), prevIndex: 0, script: new Uint8Array() }
  return {
    version: 2,
    inputs: [{ ...coin, sequence: 0, witness: [] }],
    outputs: [{ script: SCRIPT, valueSats }],
    locktime: 0,
  }
}

function signedFormOf(unsigned: Transaction) {
  const inputs = unsigned.inputs.map((input) => ({ ...input, witness: [Uint8Array.of(1)] }))
  const raw = serialiseTransaction({ ...unsigned, inputs })
  return { raw, txid: bytesToHex(reversedBytes(txid(unsigned))) }
}
