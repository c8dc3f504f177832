import { bytesToHex } from '../bytes.js'
import { dustLimitSats } from '../chain/dust.js'
import type { PayoutItem } from './batch.js'

/** What a miner is owed and could be paid. */
export interface DueMiner {
  readonly address: string
  /** Where he is paid. */
  readonly script: Uint8Array
  readonly availableSats: bigint
  /** His own threshold; undefined: the pool's. */
  readonly thresholdSats: bigint | undefined
  /** Since when he is owed the oldest part of it. */
  readonly owedSinceMs: number
}

export interface PlanOptions {
  readonly thresholdSats: bigint
  /** Who is owed this much and for `maxAgeMs` is paid below his threshold; nobody is ever paid less. */
  readonly minimumSats: bigint
  /** undefined: age pays nobody. */
  readonly maxAgeMs: number | undefined
  readonly maxOutputs: number
  /** undefined: no limit. */
  readonly dailyLimitSats: bigint | undefined
}

/** Why somebody who is owed something is not paid now. */
export type Postponement = 'below-threshold' | 'below-minimum' | 'daily-limit'

export interface PayoutPlan {
  readonly batches: readonly (readonly PayoutItem[])[]
  /** How many, and how much they are owed. */
  readonly postponed: ReadonlyMap<Postponement, { readonly miners: number; readonly sats: bigint }>
}

/**
 * Who is paid now, the one first who waits longest. `spentSats`: what was planned within the last day. An amount that
 * is more than a whole day's limit is paid in parts, so that nobody waits for ever.
 */
export function planPayouts(
  due: readonly DueMiner[],
  options: PlanOptions,
  nowMs: number,
  spentSats: bigint,
): PayoutPlan {
  const { dailyLimitSats, maxOutputs } = options
  const items: PayoutItem[] = []
  const postponed = new Map<Postponement, { miners: number; sats: bigint }>()
  let leftSats = dailyLimitSats === undefined ? undefined : atLeastZero(dailyLimitSats - spentSats)
  for (const miner of [...due].sort(byWaiting)) {
    const reason = reasonToWait(miner, options, nowMs)
    const amountSats = reason === undefined ? amountWithin(miner.availableSats, leftSats, dailyLimitSats) : 0n
    if (amountSats < dustLimitSats(miner.script)) {
      postpone(postponed, reason ?? 'daily-limit', miner.availableSats)
      continue
    }
    if (leftSats !== undefined) leftSats -= amountSats
    items.push({ address: miner.address, script: miner.script, amountSats })
  }
  return { batches: batchesOf(items, maxOutputs), postponed }
}

/**
 * The first ones first. Miners who are paid at the same place stand in different batches: in one transaction nobody
 * could tell whose output is which.
 */
function batchesOf(items: readonly PayoutItem[], maxOutputs: number): PayoutItem[][] {
  const batches: PayoutItem[][] = []
  /** By script: the first batch that does not pay it yet. */
  const nextOf = new Map<string, number>()
  let open = 0
  for (const item of items) {
    const script = bytesToHex(item.script)
    while (batches[open]?.length === maxOutputs) open++
    let at = Math.max(open, nextOf.get(script) ?? 0)
    while (batches[at]?.length === maxOutputs) at++
    nextOf.set(script, at + 1)
    const batch = (batches[at] ??= [])
    batch.push(item)
  }
  return batches
}

function reasonToWait(miner: DueMiner, options: PlanOptions, nowMs: number): Postponement | undefined {
  const { availableSats, script, owedSinceMs } = miner
  const leastSats = max(options.minimumSats, dustLimitSats(script))
  if (availableSats < leastSats) return 'below-minimum'
  if (availableSats >= (miner.thresholdSats ?? options.thresholdSats)) return undefined
  const isOld = options.maxAgeMs !== undefined && nowMs - owedSinceMs >= options.maxAgeMs
  return isOld ? undefined : 'below-threshold'
}

/** All of it, or none; of more than a day's limit, the limit. */
function amountWithin(
  availableSats: bigint,
  leftSats: bigint | undefined,
  limitSats: bigint | undefined,
): bigint {
  if (leftSats === undefined || limitSats === undefined || availableSats <= leftSats) return availableSats
  return availableSats > limitSats && leftSats === limitSats ? limitSats : 0n
}

function postpone(
  postponed: Map<Postponement, { miners: number; sats: bigint }>,
  reason: Postponement,
  sats: bigint,
): void {
  const before = postponed.get(reason) ?? { miners: 0, sats: 0n }
  postponed.set(reason, { miners: before.miners + 1, sats: before.sats + sats })
}

function byWaiting(a: DueMiner, b: DueMiner): number {
  return a.owedSinceMs - b.owedSinceMs || (a.address < b.address ? -1 : 1)
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function atLeastZero(sats: bigint): bigint {
  return max(sats, 0n)
}
