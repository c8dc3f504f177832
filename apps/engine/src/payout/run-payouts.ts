import { parseAddress } from '@headframe/core/chain/address'
import { approvalAbove } from '@headframe/core/payout/approval-above'
import type { Outpoint, PayoutBatch, PayoutItem } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { planPayouts, type PayoutPlan } from '@headframe/core/payout/plan-payouts'
import { BatchMoved } from '@headframe/db/payout/lock-batch'
import { DebtShrank } from '@headframe/db/payout/plan-batch'
import type { Log } from '../log.js'
import { PayoutProblem } from '../wallet/payout-problem.js'
import { listUnknownSends, unknownSendProblem } from './list-unknown-sends.js'
import type { PayModules } from './make-version.js'
import type { PaymentOptions } from './payment-options.js'
import { stepBatch, type RunState } from './step-batch.js'

export interface RunModules extends PayModules {
  readonly log: Log
}

/** Steps of one batch in one run. More than any has: what goes round in circles is looked at again by the next run. */
const MAX_STEPS = 16
/** A settled payout is followed until a reorganisation that deep would be needed to undo it. */
export const DEEP = 100
const DAY_MS = 86_400_000

/** One look at all that is to be paid and is under way. Running it twice, or after a crash anywhere in it, is the same. */
export async function runPayouts(options: PaymentOptions, modules: RunModules): Promise<void> {
  const { store, wallet } = modules
  try {
    const { paused, plannedAtMs, checkedBlockHash, approvalAboveSats } = await store.control()
    const height = await wallet.check(await store.tip())
    const batches = await store.liveBatches(height - DEEP)
    const unknown = await listUnknownSends(options, modules, batches, checkedBlockHash)
    // What is out is followed all the same.
    const state = { isPaused: paused !== undefined || unknown.length > 0, height }
    await keepCoins(modules, batches)
    for (const { id } of batches) await advance(options, modules, id, state)
    if (!state.isPaused && isDue(options, modules, plannedAtMs)) {
      const limit = approvalAbove(options.approvalAboveSats, approvalAboveSats)
      const terms = { ...options, approvalAboveSats: limit }
      for (const id of await plan(terms, modules)) await advance(options, modules, id, state)
    }
    await tell(modules, undefined, unknownSendProblem(unknown))
  } catch (error) {
    if (!(error instanceof PayoutProblem)) throw error
    await tell(modules, undefined, error)
  }
}

/**
 * Coins of payouts under way are kept out of others, and those of payouts that were given up are not. A node that was
 * restarted or a wallet that was restored may have forgotten it, so it is said again by each run.
 */
async function keepCoins({ store, wallet }: PayModules, batches: readonly PayoutBatch[]): Promise<void> {
  const kept = coinsToKeep(batches)
  const names = new Set(kept.map(({ txid, index }) => `${txid}:${index}`))
  const idle = (await store.idleCoins()).filter(({ txid, index }) => !names.has(`${txid}:${index}`))
  await wallet.unlock(idle)
  await wallet.lock(kept)
}

/** The coins of payouts that no block has. */
export function coinsToKeep(batches: readonly PayoutBatch[]): Outpoint[] {
  const open = batches.filter(({ state }) => state !== 'confirmed' && state !== 'settled')
  return open.flatMap(({ versions }) => versions.flatMap(({ unsigned }) => outpointsOf(unsigned)))
}

/** As far as it goes. What stops it is stated with it, and stops no other; what would stop all is thrown. */
async function advance(
  options: PaymentOptions,
  modules: RunModules,
  id: bigint,
  state: RunState,
): Promise<void> {
  try {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const batch = await modules.store.batch(id)
      if (batch === undefined || (await stepBatch(options, modules, batch, state)) === 'waiting') break
    }
    await tell(modules, id, undefined)
  } catch (error) {
    // An operator was quicker: the next run sees what he did.
    if (error instanceof BatchMoved) return
    if (!(error instanceof PayoutProblem) || error.isOfAll) throw error
    await tell(modules, id, error)
  }
}

function isDue({ everyMs }: PaymentOptions, { nowMs }: PayModules, plannedAtMs: number | undefined): boolean {
  return plannedAtMs === undefined || nowMs() - plannedAtMs >= everyMs
}

async function plan(options: PaymentOptions, modules: RunModules): Promise<bigint[]> {
  const { store, log, nowMs } = modules
  const now = nowMs()
  const due = (await store.due(now)).map((one) => ({
    ...one,
    script: one.script ?? scriptOf(one.address, options),
  }))
  const { batches, postponed } = planPayouts(due, options, now, await store.plannedSince(now - DAY_MS))
  const ids: bigint[] = []
  try {
    for (const items of batches) ids.push(await planOne(options, modules, items, now))
    await store.markPlanned(now)
    logPostponed(log, postponed)
  } catch (error) {
    // A correction or a block that went stale came in between: what is left is planned by the next run.
    if (!(error instanceof DebtShrank)) throw error
    log.info({ reason: error.message }, 'less is owed than a moment ago: planned anew by the next run')
  }
  return ids
}

async function planOne(
  { approvalAboveSats, feePayer }: PaymentOptions,
  { store, log }: RunModules,
  items: readonly PayoutItem[],
  nowMs: number,
): Promise<bigint> {
  const totalSats = items.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  const needsApproval = approvalAboveSats !== undefined && totalSats > approvalAboveSats
  const id = await store.plan({ items, feePayer, needsApproval }, nowMs)
  log.info({ batch: id, miners: items.length, sats: totalSats, needsApproval }, 'a payout is planned')
  return id
}

function logPostponed(log: Log, postponed: PayoutPlan['postponed']): void {
  const limited = postponed.get('daily-limit')
  if (limited !== undefined) log.warn(limited, 'miners wait for the daily limit of payouts')
}

/** Every miner's address was looked at before it was credited. */
function scriptOf(address: string, { network }: PaymentOptions): Uint8Array {
  const parsed = parseAddress(address, network)
  if (!parsed.ok) throw new Error(`${address} cannot be paid: ${parsed.message}`)
  return parsed.script
}

async function tell(
  { store, log, nowMs }: RunModules,
  id: bigint | undefined,
  problem: PayoutProblem | undefined,
): Promise<void> {
  const stated = problem && { problem: problem.code, detail: problem.message }
  if (!(await store.tell(id, stated, nowMs()))) return
  const what = id === undefined ? 'payouts' : 'a payout'
  if (stated === undefined) log.info({ batch: id }, `${what} can go on`)
  else log.warn({ batch: id, ...stated }, `${what} cannot go on`)
}
