import type { PayoutBatch, PayoutVersion } from './batch.js'

/** Where the chain has a transaction. `absent`: the node knows nothing of it. */
export type Sighting =
  | {
      readonly kind: 'confirmed'
      readonly blockHash: string
      readonly height: number
      /** As the node counts: 1 = in the tip. */
      readonly confirmations: number
    }
  | { readonly kind: 'mempool' | 'absent' }

/** What has been seen of a batch's sent versions, by number. */
export type Sightings = ReadonlyMap<number, Sighting>

export interface StepOptions {
  /** From which on a payment counts as made. */
  readonly confirmations: number
  /** A version that waits longer for a block is stuck; undefined: never. */
  readonly bumpAfterMs: number | undefined
  /** Nothing leaves the pool, whatever is under way is followed. */
  readonly isPaused: boolean
  readonly nowMs: number
}

/** The one thing that is due for a batch now. */
export type Step =
  | { readonly kind: 'fund' }
  | { readonly kind: 'sign' | 'send'; readonly version: PayoutVersion }
  | { readonly kind: 'confirm'; readonly version: PayoutVersion; readonly sighting: Confirmed }
  | { readonly kind: 'settle' }
  /** What was confirmed is not: the books follow, and the same bytes are sent again. */
  | { readonly kind: 'reopen' }
  /** The node has none of them: the newest is sent again. */
  | { readonly kind: 'resend' }
  | { readonly kind: 'bump'; readonly version: PayoutVersion }
  | { readonly kind: 'wait'; readonly why: 'paused' | 'approval' | 'block' | 'done' }

type Confirmed = Extract<Sighting, { kind: 'confirmed' }>

/** Versions of one batch: a fee that was raised so often and is still too low is a matter for people. */
export const MAX_VERSIONS = 12

/** What to do next, from what is written down and what the chain says. Everything else only carries it out. */
export function nextStep(batch: PayoutBatch, sightings: Sightings, options: StepOptions): Step {
  const { state, versions } = batch
  if (state === 'cancelled') return wait('done')
  const found = findConfirmed(batch, sightings)
  if (found !== undefined) return followConfirmed(batch, found.version, found.sighting, options)
  if (state === 'confirmed' || state === 'settled') return { kind: 'reopen' }
  const newest = versions.at(-1)
  if (newest?.sentAtMs === undefined) return leave(batch, newest, options)
  if (!isInMempool(versions, sightings)) return { kind: 'resend' }
  return isBumpDue(batch, newest, options) ? { kind: 'bump', version: newest } : wait('block')
}

/** On the way to where a version leaves the pool for the first time. */
function leave(batch: PayoutBatch, version: PayoutVersion | undefined, { isPaused }: StepOptions): Step {
  if (isPaused) return wait('paused')
  if (version === undefined) return batch.awaitsApproval ? wait('approval') : { kind: 'fund' }
  return { kind: version.signed === undefined ? 'sign' : 'send', version }
}

function followConfirmed(
  batch: PayoutBatch,
  version: PayoutVersion,
  sighting: Confirmed,
  options: StepOptions,
): Step {
  const { state, place } = batch
  const isPlaced = place?.version === version.number && place.blockHash === sighting.blockHash
  if (state === 'settled' && place?.version === version.number) return wait('done')
  if (state === 'settled') return { kind: 'reopen' }
  if (state !== 'confirmed' || !isPlaced) return { kind: 'confirm', version, sighting }
  return sighting.confirmations >= options.confirmations ? { kind: 'settle' } : wait('block')
}

function findConfirmed(
  { versions }: PayoutBatch,
  sightings: Sightings,
): { readonly version: PayoutVersion; readonly sighting: Confirmed } | undefined {
  for (const version of versions) {
    const sighting = sightings.get(version.number)
    if (sighting?.kind === 'confirmed') return { version, sighting }
  }
  return undefined
}

function isInMempool(versions: readonly PayoutVersion[], sightings: Sightings): boolean {
  return versions.some(({ number }) => sightings.get(number)?.kind === 'mempool')
}

function isBumpDue(batch: PayoutBatch, newest: PayoutVersion, options: StepOptions): boolean {
  const { bumpAfterMs, isPaused, nowMs } = options
  if (isPaused || batch.versions.length >= MAX_VERSIONS) return false
  if (batch.bumpRequested) return true
  return bumpAfterMs !== undefined && nowMs - newest.sentAtMs! >= bumpAfterMs
}

function wait(why: Extract<Step, { kind: 'wait' }>['why']): Step {
  return { kind: 'wait', why }
}
