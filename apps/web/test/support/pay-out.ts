import { parseAddress } from '@headframe/core/chain/address'
import type { FeePayer, PayoutState } from '@headframe/core/payout/batch'
import { cancelUnsigned } from '@headframe/db/payout/cancel-batch'
import { confirmBatch } from '@headframe/db/payout/confirm-batch'
import { fundBatch } from '@headframe/db/payout/fund-batch'
import { leadPayouts, type Lead } from '@headframe/db/payout/lead-payouts'
import { markSent } from '@headframe/db/payout/mark-sent'
import { planBatch } from '@headframe/db/payout/plan-batch'
import { settleBatch } from '@headframe/db/payout/settle-batch'
import { signBatch } from '@headframe/db/payout/sign-batch'
import type { Database } from '@headframe/db/database'
import { NETWORK } from './test-api'

export interface StoryPayout {
  readonly address: string
  readonly amountSats: bigint
  readonly sentSats: bigint
  readonly reaches: PayoutState
  readonly feePayer?: FeePayer
  readonly needsApproval?: boolean
  readonly height?: number
  /** Of its transaction; nobody looks at it unless it is told. */
  readonly psbt?: string
  readonly atMs: number
}

/** Which transaction has paid the n-th batch. */
export const txidOf = (id: bigint): string => id.toString(16).padStart(64, '0')

/** A payout to one miner, as far as it goes, by the doors that the engine has. */
export async function payOut(db: Database, story: StoryPayout): Promise<bigint> {
  const led = await leadPayouts(db, (lead) => take(db, lead, story))
  if (led === 'led-by-another') throw new Error('nobody else leads here')
  return led
}

async function take(db: Database, lead: Lead, story: StoryPayout): Promise<bigint> {
  const { address, amountSats, sentSats, reaches, feePayer = 'pool', needsApproval = false, atMs } = story
  const items = [{ address, script: scriptOf(address), amountSats }]
  const id = await planBatch(lead, { items, feePayer, needsApproval }, atMs)
  const steps: readonly (readonly [PayoutState, () => Promise<unknown>])[] = [
    ['planned', () => Promise.resolve()],
    [
      'funded',
      () => {
        const feeSats = feePayer === 'payees' ? amountSats - sentSats : 150n
        const made = { psbt: story.psbt ?? '', feeSats, feeRate: 1, fundedHeight: 1, fundedAtMs: atMs }
        return fundBatch(lead, id, made, [{ address, sentSats }])
      },
    ],
    ['signed', () => signBatch(lead, id, 1, { raw: Uint8Array.of(Number(id)), txid: txidOf(id) }, atMs)],
    ['broadcast', () => markSent(lead, id, 1, atMs)],
    [
      'confirmed',
      () =>
        confirmBatch(lead, id, { version: 1, blockHash: 'b'.repeat(64), height: story.height ?? 1 }, atMs),
    ],
    ['settled', () => settleBatch(lead, id, atMs)],
  ]
  if (reaches === 'cancelled') await cancelUnsigned(db, id, { atMs, author: 'ann' })
  for (const [state, step] of reaches === 'cancelled' ? [] : steps) {
    await step()
    if (state === reaches) break
  }
  return id
}

function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, NETWORK)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
