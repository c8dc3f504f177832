import { minerAccount } from '@headframe/core/accounting/account'
import { compactSize, concatBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { displayHash } from '@headframe/core/chain/header'
import { serialiseTransaction, serialiseWithoutWitness, txid } from '@headframe/core/chain/transaction'
import type { Database } from '@headframe/db/database'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { confirmBatch } from '@headframe/db/payout/confirm-batch'
import { fundBatch } from '@headframe/db/payout/fund-batch'
import { leadPayouts, type Lead } from '@headframe/db/payout/lead-payouts'
import { markSent } from '@headframe/db/payout/mark-sent'
import { planBatch } from '@headframe/db/payout/plan-batch'
import { settleBatch } from '@headframe/db/payout/settle-batch'
import { signBatch } from '@headframe/db/payout/sign-batch'

export const PAID_SATS = 60_000n
const FEE_SATS = 150n
const BLOCK = 'b'.repeat(64)

/** A payout to a miner of the pool that has taken all its steps, in a block at this height. */
export async function settlePayout(db: Database, address: string, height: number): Promise<void> {
  const nowMs = Date.now()
  await db.prisma.miner.upsert({
    where: { address },
    create: { address, firstSeenAt: new Date() },
    update: {},
  })
  const postings = [
    { account: 'asset:wallet', amountSats: PAID_SATS + FEE_SATS },
    { account: minerAccount(address, 'available'), amountSats: -PAID_SATS },
    { account: 'equity:fee_income', amountSats: -FEE_SATS },
  ]
  await postCorrection(
    db,
    { author: 'ann', reason: 'owed from before', postings },
    { nowMs, isDryRun: false },
  )
  await leadPayouts(db, (lead) => payOut(lead, address, height, nowMs))
}

async function payOut(lead: Lead, address: string, height: number, nowMs: number): Promise<void> {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const items = [{ address, script: parsed.script, amountSats: PAID_SATS }]
  const input = { prevTxid: new Uint8Array(32).fill(1), prevIndex: 0, script: new Uint8Array(0), sequence: 0 }
  const outputs = [{ valueSats: PAID_SATS, script: parsed.script }]
  const transaction = {
    version: 2,
    locktime: 0,
    inputs: [{ ...input, witness: [Uint8Array.of(1)] }],
    outputs,
  }
  const unsigned = serialiseWithoutWitness(transaction)
  const magic = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff, 1, 0)
  const psbt = Buffer.from(concatBytes(magic, compactSize(unsigned.length), unsigned, new Uint8Array(3)))
  const id = await planBatch(lead, { items, feePayer: 'pool', needsApproval: false }, nowMs)
  const version = {
    psbt: psbt.toString('base64'),
    feeSats: FEE_SATS,
    feeRate: 2,
    fundedHeight: 1,
    fundedAtMs: nowMs,
  }
  await fundBatch(lead, id, version, [{ address, sentSats: PAID_SATS }])
  const signed = { raw: serialiseTransaction(transaction), txid: displayHash(txid(transaction)) }
  await signBatch(lead, id, 1, signed, nowMs)
  await markSent(lead, id, 1, nowMs)
  await confirmBatch(lead, id, { version: 1, blockHash: BLOCK, height }, nowMs)
  await settleBatch(lead, id, nowMs)
}
