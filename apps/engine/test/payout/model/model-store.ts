import {
  payoutCancel,
  payoutPlan,
  payoutReorganised,
  payoutSettle,
  type PaidBatch,
} from '@headframe/core/accounting/payout-postings'
import type { Posting } from '@headframe/core/accounting/postings'
import type { PayoutBatch, PayoutPlace, PayoutState, PayoutVersion } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import type { NewVersion, SentAmount } from '@headframe/db/payout/fund-batch'
import { BatchMoved } from '@headframe/db/payout/lock-batch'
import type { NewBatch } from '@headframe/db/payout/plan-batch'
import type { StatedProblem } from '@headframe/db/payout/tell-problem'
import type { PayoutStore } from '../../../src/payout/payout-store.js'

/* eslint-disable @typescript-eslint/require-await -- async, so that what is thrown is a rejection, as with the real one */

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type ModelVersion = Mutable<PayoutVersion> & { isAbandoned: boolean }

export interface ModelBatch extends Omit<Mutable<PayoutBatch>, 'versions'> {
  versions: ModelVersion[]
  sentSats: bigint
  occurrence: number
  problem: StatedProblem | undefined
}

/** All that a database would hold of payouts; plain data, so that it can be copied. */
export interface Written {
  readonly batches: ModelBatch[]
  readonly balances: Map<string, bigint>
  plannedAtMs: number | undefined
  problem: StatedProblem | undefined
  isPaused: boolean
  checkedBlockHash: string | undefined
  /** Transactions that an operator has declared. */
  readonly declared: Set<string>
}

/** A store in memory with the rules of the one in the database; `store-conformance` holds the two against each other. */
export class ModelStore implements PayoutStore {
  readonly #written: Written

  constructor(written: Written) {
    this.#written = written
  }

  async control() {
    const { isPaused, plannedAtMs, problem, checkedBlockHash } = this.#written
    return {
      checkedBlockHash,
      paused: isPaused ? { by: 'ann', reason: 'audit', sinceMs: 0 } : undefined,
      plannedAtMs,
      problem: problem && { ...problem, sinceMs: 0 },
    }
  }

  async tip() {
    return undefined
  }

  async liveBatches(deepHeight: number) {
    return this.#written.batches
      .filter(
        ({ state, place }) => state !== 'cancelled' && (state !== 'settled' || place!.height > deepHeight),
      )
      .map(viewOf)
  }

  async batch(id: bigint) {
    const found = this.#written.batches.find((batch) => batch.id === id)
    return found && viewOf(found)
  }

  async idleCoins() {
    const idle = this.#written.batches.flatMap(({ state, versions }) =>
      versions.filter(({ isAbandoned }) => isAbandoned || state === 'cancelled'),
    )
    return idle.flatMap(({ unsigned }) => outpointsOf(unsigned))
  }

  async due() {
    return [...this.#written.balances].flatMap(([account, sats]) => {
      const address = /^liability:miner:(.+):available$/.exec(account)?.[1]
      if (address === undefined || sats >= 0n) return []
      return [{ address, script: undefined, availableSats: -sats, thresholdSats: undefined, owedSinceMs: 0 }]
    })
  }

  async plannedSince(sinceMs: number) {
    return this.#written.batches
      .filter(({ state, createdAtMs }) => state !== 'cancelled' && createdAtMs > sinceMs)
      .reduce((sum, { totalSats }) => sum + totalSats, 0n)
  }

  async plan({ items, feePayer, needsApproval }: NewBatch, nowMs: number) {
    const id = BigInt(this.#written.batches.length + 1)
    this.#written.batches.push({
      id,
      state: 'planned',
      feePayer,
      totalSats: items.reduce((sum, { amountSats }) => sum + amountSats, 0n),
      createdAtMs: nowMs,
      awaitsApproval: needsApproval,
      bumpRequested: false,
      items: [...items].sort((a, b) => (a.address < b.address ? -1 : 1)),
      versions: [],
      place: undefined,
      sentSats: 0n,
      occurrence: 0,
      problem: undefined,
    })
    this.#post(payoutPlan(paymentsOf(this.#written.batches.at(-1)!)))
    return id
  }

  async markPlanned(nowMs: number) {
    this.#written.plannedAtMs = nowMs
  }

  async knownSends(txids: readonly string[]) {
    const { batches, declared } = this.#written
    const payouts = batches.filter(({ state }) => state !== 'cancelled').flatMap(({ versions }) => versions)
    const known = new Set([...declared, ...payouts.flatMap(({ signed }) => signed?.txid ?? [])])
    return new Set(txids.filter((txid) => known.has(txid)))
  }

  async markChecked(blockHash: string) {
    this.#written.checkedBlockHash = blockHash
  }

  async fund(id: bigint, version: NewVersion, sent: readonly SentAmount[]) {
    const batch = this.#lock(id, 'planned', 'signed', 'broadcast')
    if (batch.awaitsApproval) throw new Error('it has to be approved first')
    const number = batch.versions.length + 1
    const unsigned = unsignedTransactionOf(version.psbt)
    batch.versions.push({
      ...version,
      number,
      unsigned,
      signed: undefined,
      sentAtMs: undefined,
      isAbandoned: false,
    })
    batch.sentSats = sent.reduce((sum, { sentSats }) => sum + sentSats, 0n)
    if (batch.state === 'planned') move(batch, 'funded')
    else batch.bumpRequested = false
    return number
  }

  async abandon(id: bigint, number: number) {
    const batch = this.#lock(id, 'funded', 'signed', 'broadcast')
    const version = batch.versions[number - 1]
    if (version?.signed === undefined && version !== undefined) version.isAbandoned = true
    if (batch.state === 'funded') move(batch, 'planned')
  }

  async sign(id: bigint, number: number, payment: NonNullable<PayoutVersion['signed']>) {
    const batch = this.#lock(id, 'funded', 'signed', 'broadcast')
    const version = batch.versions[number - 1]
    if (version === undefined || version.signed !== undefined || version.isAbandoned)
      throw new Error('it is signed')
    version.signed = payment
    if (batch.state === 'funded') move(batch, 'signed')
  }

  async markSent(id: bigint, number: number, nowMs: number) {
    const batch = this.#lock(id, 'signed', 'broadcast')
    batch.versions[number - 1]!.sentAtMs ??= nowMs
    if (batch.state === 'signed') move(batch, 'broadcast')
  }

  async confirm(id: bigint, place: PayoutPlace, nowMs: number) {
    const batch = this.#lock(id, 'signed', 'broadcast', 'confirmed')
    batch.versions[place.version - 1]!.sentAtMs ??= nowMs
    move(batch, 'confirmed')
    batch.place = place
  }

  async settle(id: bigint) {
    const batch = this.#lock(id, 'confirmed')
    this.#post(payoutSettle(paidOf(batch)))
    batch.state = 'settled'
    batch.problem = undefined
    batch.occurrence++
  }

  async reopen(id: bigint) {
    const batch = this.#lock(id, 'confirmed', 'settled')
    if (batch.state === 'settled') this.#post(payoutReorganised(paidOf(batch)))
    move(batch, 'broadcast')
  }

  async cancel(id: bigint) {
    const batch = this.#lock(id, 'funded', 'signed', 'broadcast')
    for (const version of batch.versions) if (version.signed === undefined) version.isAbandoned = true
    this.#post(payoutCancel(paymentsOf(batch)))
    move(batch, 'cancelled')
  }

  async tell(id: bigint | undefined, problem: StatedProblem | undefined) {
    const of = id === undefined ? this.#written : this.#written.batches.find((batch) => batch.id === id)!
    const isNews = of.problem?.problem !== problem?.problem
    of.problem = problem
    return isNews
  }

  #lock(id: bigint, ...wanted: readonly PayoutState[]): ModelBatch {
    const batch = this.#written.batches.find((one) => one.id === id)
    if (batch === undefined || !wanted.includes(batch.state)) throw new BatchMoved(id, batch?.state, wanted)
    return batch
  }

  #post(postings: readonly Posting[]): void {
    const { balances } = this.#written
    for (const { account, amountSats } of postings)
      balances.set(account, (balances.get(account) ?? 0n) + amountSats)
  }
}

function move(batch: ModelBatch, state: PayoutState): void {
  batch.state = state
  batch.place = undefined
  batch.problem = undefined
}

/** What it really holds, without what only this store knows. */
function viewOf(batch: ModelBatch): PayoutBatch {
  const { sentSats: _, occurrence: __, problem: ___, versions, ...rest } = batch
  const view = versions
    .filter(({ isAbandoned }) => !isAbandoned)
    .map(({ isAbandoned: ____, ...version }) => version)
  return structuredClone({ ...rest, versions: view })
}

function paymentsOf({ items }: ModelBatch) {
  return items.map(({ address, amountSats }) => ({ miner: address, amountSats }))
}

function paidOf(batch: ModelBatch): PaidBatch {
  const { feeSats } = batch.versions[batch.place!.version - 1]!
  return { payments: paymentsOf(batch), sentSats: batch.sentSats, feeSats }
}
