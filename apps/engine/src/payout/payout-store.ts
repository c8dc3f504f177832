import type { Outpoint, PayoutBatch, PayoutPlace, SignedPayment } from '@headframe/core/payout/batch'
import { abandonVersion } from '@headframe/db/payout/abandon-version'
import { cancelConflicted } from '@headframe/db/payout/cancel-batch'
import { confirmBatch } from '@headframe/db/payout/confirm-batch'
import { markChecked, markPlanned, readControl, type PayoutControl } from '@headframe/db/payout/control'
import { fundBatch, type NewVersion, type SentAmount } from '@headframe/db/payout/fund-batch'
import type { Lead } from '@headframe/db/payout/lead-payouts'
import { listLiveBatches, readBatch } from '@headframe/db/payout/list-batches'
import { listIdleCoins } from '@headframe/db/payout/list-idle-coins'
import { listDue, sumPlannedSince, type Due } from '@headframe/db/payout/list-due'
import { listKnownSends } from '@headframe/db/payout/list-known-sends'
import { markSent } from '@headframe/db/payout/mark-sent'
import { planBatch, type NewBatch } from '@headframe/db/payout/plan-batch'
import { reopenBatch } from '@headframe/db/payout/reopen-batch'
import { settleBatch } from '@headframe/db/payout/settle-batch'
import { signBatch } from '@headframe/db/payout/sign-batch'
import { tellProblem, type StatedProblem } from '@headframe/db/payout/tell-problem'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'

/**
 * What is written down of payouts, as their leader sees and writes it. Each call that writes is one commit, and throws
 * LostLead when another leads by now, and BatchMoved when the batch is in another state than it takes.
 */
export interface PayoutStore {
  control(): Promise<PayoutControl>
  /** The best block that the pool knows. */
  tip(): Promise<{ readonly hash: string; readonly height: number } | undefined>
  /** Those that something may still happen to, the oldest first; those settled up to that height are done. */
  liveBatches(deepHeight: number): Promise<readonly PayoutBatch[]>
  batch(id: bigint): Promise<PayoutBatch | undefined>
  /** What versions would have spent that were given up, or whose batch was. */
  idleCoins(): Promise<readonly Outpoint[]>
  due(nowMs: number): Promise<readonly Due[]>
  plannedSince(sinceMs: number): Promise<bigint>
  /** Throws DebtShrank when that is more than is owed by now. */
  plan(batch: NewBatch, nowMs: number): Promise<bigint>
  markPlanned(nowMs: number): Promise<void>
  /** Those that are payouts, or that somebody has declared. */
  knownSends(txids: readonly string[]): Promise<ReadonlySet<string>>
  /** All that has left the wallet up to that block is known. */
  markChecked(blockHash: string): Promise<void>
  fund(id: bigint, version: NewVersion, sent: readonly SentAmount[]): Promise<number>
  abandon(id: bigint, version: number, reason: string, nowMs: number): Promise<void>
  sign(id: bigint, version: number, payment: SignedPayment, nowMs: number): Promise<void>
  markSent(id: bigint, version: number, nowMs: number): Promise<void>
  confirm(id: bigint, place: PayoutPlace, nowMs: number): Promise<void>
  settle(id: bigint, nowMs: number): Promise<void>
  reopen(id: bigint, nowMs: number): Promise<void>
  cancel(id: bigint, reason: string, nowMs: number): Promise<void>
  /** Undefined as the batch: all payouts; undefined as the problem: it is over. Returns whether that is news. */
  tell(id: bigint | undefined, problem: StatedProblem | undefined, nowMs: number): Promise<boolean>
}

export function payoutStore(lead: Lead): PayoutStore {
  const { pool } = lead
  return {
    control: () => readControl(pool),
    tip: () => readChainTip(pool),
    liveBatches: (deepHeight) => listLiveBatches(pool, deepHeight),
    batch: (id) => readBatch(pool, id),
    idleCoins: () => listIdleCoins(pool),
    due: (nowMs) => listDue(pool, nowMs),
    plannedSince: (sinceMs) => sumPlannedSince(pool, sinceMs),
    plan: (batch, nowMs) => planBatch(lead, batch, nowMs),
    markPlanned: (nowMs) => markPlanned(lead, nowMs),
    knownSends: (txids) => listKnownSends(pool, txids),
    markChecked: (blockHash) => markChecked(lead, blockHash),
    fund: (id, version, sent) => fundBatch(lead, id, version, sent),
    abandon: (id, version, reason, nowMs) => abandonVersion(lead, id, version, reason, nowMs),
    sign: (id, version, payment, nowMs) => signBatch(lead, id, version, payment, nowMs),
    markSent: (id, version, nowMs) => markSent(lead, id, version, nowMs),
    confirm: (id, place, nowMs) => confirmBatch(lead, id, place, nowMs),
    settle: (id, nowMs) => settleBatch(lead, id, nowMs),
    reopen: (id, nowMs) => reopenBatch(lead, id, nowMs),
    cancel: (id, detail, nowMs) => cancelConflicted(lead, id, { atMs: nowMs, detail }),
    tell: (id, problem, nowMs) => tellProblem(lead, id, problem, nowMs),
  }
}
