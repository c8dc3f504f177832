import {
  fixedBan,
  isForgotten,
  isInForce,
  isLater,
  liftedBan,
  nextBan,
  readBan,
  textOfBan,
  type Decision,
} from '@headframe/core/live/ban'
import type { LiveBan, LiveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import type { Log } from '../log.js'
import type { Bans } from './bans.js'

export interface BanListOptions {
  readonly keys: Pick<LiveKeys, 'bans' | 'bansVersion'>
  /** Who decides here: a writerId, or `command`. */
  readonly by: string
  /** Length of a first ban. */
  readonly banMs: number
}

export interface BanListModules {
  readonly redis: Redis
  readonly log: Log
  /** Wall clock: bans are shared between machines. */
  readonly nowMs: () => number
  /** Somebody was banned, here or elsewhere, at most `SYNC_INTERVAL_MS` ago: close those who are connected. */
  readonly onBan?: ((ban: LiveBan) => void) | undefined
}

/** How often each process asks whether the list has changed, and writes what it has changed itself. */
const SYNC_INTERVAL_MS = 500
/** Entries, over ones included; beyond it the one that ends first gives way. */
export const MAX_BANS = 4_096

interface Entry {
  readonly ban: LiveBan
  /** As it stands, or is to stand, in Redis. */
  readonly text: string
}

/**
 * The bans of the whole pool: a copy in each process, kept in step through a hash in Redis. Of two entries for one
 * address the later holds, so copies may be merged in any order and any number of times. While Redis is away the copy
 * goes on by itself; when it is back, or has lost its memory, what it does not know is written to it.
 */
export class BanList implements Bans {
  #options: BanListOptions
  readonly #modules: BanListModules
  readonly #entries = new Map<string, Entry>()
  /** Bans that `onBan` has not heard of. */
  #news: LiveBan[] = []
  /** The version in Redis that the copy has seen. */
  #version: string | null | undefined
  #writes = 0
  #isChanged = false
  #isBusy = false
  #isFailing = false
  #timer: NodeJS.Timeout | undefined

  constructor(options: BanListOptions, modules: BanListModules) {
    this.#options = options
    this.#modules = modules
  }

  start(): void {
    this.#timer = setInterval(() => void this.#tick(), SYNC_INTERVAL_MS)
  }

  /** Writes what is not written yet, when Redis is there. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    if (this.#isChanged && !this.#isBusy) await this.#trySync()
  }

  isBanned(address: string): boolean {
    const entry = this.#entries.get(address)
    return entry !== undefined && isInForce(entry.ban, this.#modules.nowMs())
  }

  /** Those in force, the first to end first. */
  active(): LiveBan[] {
    const bans = [...this.#entries.values()].map(({ ban }) => ban)
    const nowMs = this.#modules.nowMs()
    return bans
      .filter((ban) => isInForce(ban, nowMs))
      .sort((a, b) => a.untilMs - b.untilMs || (a.address < b.address ? -1 : 1))
  }

  /** Holds here at once, everywhere within `SYNC_INTERVAL_MS`. Who is banned already stays so for no longer. */
  ban(address: string, reason: string): LiveBan {
    const held = this.#entries.get(address)?.ban
    if (held !== undefined && this.isBanned(address)) return held
    const ban = nextBan(this.#decide(address, reason), this.#options.banMs)
    const { untilMs, offences } = ban
    this.#modules.log.warn({ address, reason, untilMs, offences }, 'address banned')
    return this.#change(ban)
  }

  /** Bans that are made here from now on are of another length. */
  follow(banMs: number): void {
    this.#options = { ...this.#options, banMs }
  }

  /** An operator's ban, of exactly so long, whatever was there before. */
  banFor(address: string, reason: string, durationMs: number): LiveBan {
    return this.#change(fixedBan(this.#decide(address, reason), durationMs))
  }

  /** Whether the address was banned. */
  lift(address: string): boolean {
    if (!this.isBanned(address)) return false
    this.#change(liftedBan(this.#decide(address, 'lifted')))
    return true
  }

  /**
   * Brings this copy and Redis in step. False when another process has changed the list meanwhile: to be called again.
   * Rejects when Redis does not answer.
   */
  async sync(): Promise<boolean> {
    const { redis } = this.#modules
    const { keys, by } = this.#options
    this.#isChanged = false
    const isInStep = await this.#exchange(redis, keys, by).catch((error: unknown) => {
      this.#isChanged = true
      throw error
    })
    if (!isInStep) this.#isChanged = true
    return isInStep
  }

  async #exchange(redis: Redis, keys: BanListOptions['keys'], by: string): Promise<boolean> {
    // The exec below writes nothing when the hash is not what was read. Version first: a change in between is seen
    // again by the next look.
    await redis.watch(keys.bans)
    const version = await redis.get(keys.bansVersion)
    const { unknown, useless } = this.#merge(await redis.hgetall(keys.bans))
    if (unknown.size === 0 && useless.length === 0) {
      await redis.unwatch()
      this.#version = version
      return true
    }
    const next = `${by}:${this.#modules.nowMs()}:${this.#writes++}`
    const transaction = redis.multi()
    if (unknown.size > 0) transaction.hset(keys.bans, unknown)
    if (useless.length > 0) transaction.hdel(keys.bans, ...useless)
    const results = await transaction.set(keys.bansVersion, next).exec()
    if (results === null) return false
    for (const [error] of results) if (error !== null) throw error
    this.#version = next
    return true
  }

  /** Takes over what is later there; tells what is to be written there and what to be removed. */
  #merge(stored: Readonly<Record<string, string>>): { unknown: Map<string, string>; useless: string[] } {
    const nowMs = this.#modules.nowMs()
    for (const [field, text] of Object.entries(stored)) {
      const own = this.#entries.get(field)
      if (own?.text === text) continue
      const ban = readBan(field, text)
      if (ban === undefined || isForgotten(ban, nowMs) || (own !== undefined && !isLater(ban, own.ban)))
        continue
      this.#put(ban)
    }
    const unknown = new Map<string, string>()
    for (const [address, { ban, text }] of this.#entries) {
      if (isForgotten(ban, nowMs)) this.#entries.delete(address)
      else if (stored[address] !== text) unknown.set(address, text)
    }
    const useless = Object.keys(stored).filter((field) => !this.#entries.has(field))
    return { unknown, useless }
  }

  #decide(address: string, reason: string): Decision {
    const previous = this.#entries.get(address)?.ban
    return { address, reason, by: this.#options.by, nowMs: this.#modules.nowMs(), previous }
  }

  #change(ban: LiveBan): LiveBan {
    this.#put(ban)
    this.#isChanged = true
    return ban
  }

  #put(ban: LiveBan): void {
    this.#entries.delete(ban.address)
    if (this.#entries.size >= MAX_BANS) this.#dropFirstToEnd()
    this.#entries.set(ban.address, { ban, text: textOfBan(ban) })
    if (this.isBanned(ban.address) && this.#news.length < MAX_BANS) this.#news.push(ban)
  }

  #dropFirstToEnd(): void {
    let first: LiveBan | undefined
    for (const { ban } of this.#entries.values()) {
      if (first === undefined || ban.untilMs < first.untilMs) first = ban
    }
    if (first !== undefined) this.#entries.delete(first.address)
  }

  async #tick(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    await this.#trySync()
    this.#isBusy = false
    const news = this.#news
    this.#news = []
    for (const ban of news) this.#modules.onBan?.(ban)
  }

  async #trySync(): Promise<void> {
    const { redis, log } = this.#modules
    if (redis.status !== 'ready') return
    try {
      const isKnown = !this.#isChanged && (await redis.get(this.#options.keys.bansVersion)) === this.#version
      if (!isKnown) await this.sync()
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing)
        log.warn({ reason: (error as Error).message }, 'bans are not shared until Redis answers')
      this.#isFailing = true
    }
  }
}
