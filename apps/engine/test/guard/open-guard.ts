import { Redis } from 'ioredis'
import { pino } from 'pino'
import { parseEngineOptions } from '../../src/env.js'
import { BanList } from '../../src/guard/ban-list.js'
import { guardOptions, type GuardOptions } from '../../src/guard/guard-options.js'
import { PeerGuard, type PeerId } from '../../src/guard/peer-guard.js'

/** The limits of one process that is alone, with these settings and the defaults of the others. */
export function limitsOf(settings: Readonly<Record<string, string>> = {}): GuardOptions {
  const engine = parseEngineOptions({
    BITCOIND_URLS: 'http://user:password@127.0.0.1:8332',
    DATABASE_URL: 'postgresql://127.0.0.1/headframe',
    REDIS_URL: 'redis://127.0.0.1',
    POOL_ADDRESS: 'bcrt1qexample',
    STRATUM_PROCESSES: '1',
    ...settings,
  })
  return guardOptions(engine)
}

export interface OpenGuard {
  readonly guard: PeerGuard
  readonly bans: BanList
  readonly clock: { nowMs: number }
  readonly memory: { bytes: number }
  /** Admits, or throws the refusal. */
  readonly admit: (remoteAddress: string) => PeerId
}

/** A guard with a real list of bans whose Redis was never there. */
export function openGuard(settings: Readonly<Record<string, string>> = {}): OpenGuard {
  const clock = { nowMs: 1_000 }
  const memory = { bytes: 100 * 1024 * 1024 }
  const options = limitsOf(settings)
  const bans = new BanList(
    { keys: { bans: 'bans', bansVersion: 'bans:version' }, by: 's00-test', banMs: options.banMs },
    {
      redis: new Redis({ lazyConnect: true }),
      log: pino({ level: 'silent' }),
      nowMs: () => 1_700_000_000_000 + clock.nowMs,
    },
  )
  const guard = new PeerGuard(options, { bans, memoryBytes: () => memory.bytes })
  const admit = (remoteAddress: string): PeerId => {
    const admitted = guard.admit(remoteAddress, clock.nowMs)
    if (typeof admitted === 'string') throw new Error(admitted)
    return admitted
  }
  return { guard, bans, clock, memory, admit }
}

/** The n-th of many addresses, each in a subnet of its own. */
export const addressOf = (n: number): string =>
  `10.${(n >>> 8) & 0xff}.${n & 0xff}.${1 + ((n >>> 16) & 0x7f)}`
