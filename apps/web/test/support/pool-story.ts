import { addressOfScript } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { RejectReason } from '@headframe/core/share/share'

/** A pool to fill a database with: who mines there, for how long, and what it found. */
export interface PoolStory {
  readonly network: Network
  readonly nbits: number
  readonly miners: readonly StoryMiner[]
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** One segment a step. */
  readonly stepMs: number
  readonly blocks: readonly StoryBlock[]
  readonly subsidySats: bigint
  readonly height: number
  /** Varies everything that is a matter of chance; the same seed tells the same story. */
  readonly seed: number
}

export interface StoryMiner {
  readonly address: string
  readonly workers: readonly StoryWorker[]
}

export interface StoryWorker {
  readonly name: string
  readonly hashesPerSecond: number
  readonly difficulty: number
  readonly mode?: 'pplns' | 'solo'
  /** Mines only from here on, */
  readonly fromMs?: number
  /** and until here. */
  readonly untilMs?: number
  /** Rejected submissions a step, on average. */
  readonly rejects?: readonly (readonly [RejectReason, number])[]
}

export interface StoryBlock {
  readonly foundAtMs: number
  /** Index into `miners`. */
  readonly finder: number
  readonly status: 'candidate' | 'immature' | 'mature' | 'stale'
  /** As the node counts. */
  readonly confirmations: number
}

/** The n-th made-up address of a network; nobody has its key. */
export function storyAddress(n: number, network: Network): string {
  const script = new Uint8Array(22)
  script[1] = 20
  for (let index = 2; index < script.length; index += 1)
    script[index] = (n * 71 + index * 37 + ((n * index) % 13)) & 0xff
  const address = addressOfScript(script, network)
  if (address === null) throw new Error('every witness program of 20 bytes has an address')
  return address
}

/** mulberry32: small, and the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
