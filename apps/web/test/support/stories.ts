import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { storyAddress, type PoolStory, type StoryMiner, type StoryWorker } from './pool-story'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TERA = 1e12

/** A working pool of a few hundred TH/s on a network of a size that lets it find blocks. */
export function busyStory(endsAtMs: number): PoolStory {
  const startsAtMs = endsAtMs - 8 * DAY
  const miners: StoryMiner[] = Array.from({ length: 22 }, (_, n) => ({
    address: storyAddress(n, 'testnet4'),
    workers: [rig(n, 'rig1', (3 + ((n * n * 7) % 41)) * TERA)],
  }))
  miners[1] = garage(endsAtMs)
  miners[2] = {
    address: storyAddress(2, 'testnet4'),
    workers: [{ ...rig(2, 'lonely', 40 * TERA), mode: 'solo' }],
  }
  const age = (hours: number) => endsAtMs - hours * HOUR
  return {
    network: 'testnet4',
    nbits: nbitsOfTarget(targetOfDifficulty(1.2e10)),
    miners,
    startsAtMs,
    endsAtMs,
    stepMs: 10 * MINUTE,
    subsidySats: 312_500_000n,
    height: 118_400,
    seed: 20261122,
    blocks: [
      { foundAtMs: age(170), finder: 3, status: 'mature', confirmations: 101 },
      { foundAtMs: age(131), finder: 7, status: 'mature', confirmations: 101 },
      { foundAtMs: age(90), finder: 1, status: 'mature', confirmations: 101 },
      { foundAtMs: age(71), finder: 2, status: 'mature', confirmations: 101 },
      { foundAtMs: age(52), finder: 12, status: 'stale', confirmations: 0 },
      { foundAtMs: age(30.4), finder: 5, status: 'mature', confirmations: 101 },
      { foundAtMs: age(14.2), finder: 1, status: 'immature', confirmations: 88 },
      { foundAtMs: age(6.3), finder: 9, status: 'immature', confirmations: 38 },
      { foundAtMs: age(0.05), finder: 4, status: 'candidate', confirmations: 0 },
    ],
  }
}

/** Three machines, one of which has just gone off, and one that has only begun. */
function garage(endsAtMs: number): StoryMiner {
  const stale = [['stale-share', 1.4]] as const
  return {
    address: storyAddress(1, 'testnet4'),
    workers: [
      { name: 'bitaxe-kitchen', hashesPerSecond: 1.2 * TERA, difficulty: 2048, rejects: stale },
      {
        name: 's19-garage',
        hashesPerSecond: 95 * TERA,
        difficulty: 262_144,
        untilMs: endsAtMs - 41 * MINUTE,
        rejects: [...stale, ['difficulty-too-low', 0.9]],
      },
      {
        name: 'avalon-q',
        hashesPerSecond: 88 * TERA,
        difficulty: 262_144,
        fromMs: endsAtMs - 5 * HOUR,
        rejects: stale,
      },
    ],
  }
}

function rig(n: number, name: string, hashesPerSecond: number): StoryWorker {
  const rejects = n % 5 === 0 ? ([['stale-share', 1.1]] as const) : undefined
  return { name, hashesPerSecond, difficulty: 524_288, ...(rejects === undefined ? {} : { rejects }) }
}

/** The demo of one machine: regtest, where each share is worth thousands of blocks. */
export function regtestStory(endsAtMs: number): PoolStory {
  const workers = [{ name: 'cpu', hashesPerSecond: 420_000, difficulty: 0.001 }]
  const age = (minutes: number) => endsAtMs - minutes * MINUTE
  return {
    network: 'regtest',
    nbits: 0x207fffff,
    miners: [{ address: storyAddress(1, 'regtest'), workers }],
    startsAtMs: age(34),
    endsAtMs,
    stepMs: MINUTE,
    subsidySats: 5_000_000_000n,
    height: 102,
    seed: 7,
    blocks: Array.from({ length: 30 }, (_, n) => ({
      foundAtMs: age(31 - n),
      finder: 0,
      status: n < 4 ? ('mature' as const) : ('immature' as const),
      confirmations: n < 4 ? 101 : 30 - n,
    })),
  }
}
