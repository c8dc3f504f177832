import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'
import { QUARANTINE_MS } from './extranonce1.js'
import { HostFile, type Host } from './host-file.js'
import type { PrefixRegistry } from './prefix-registry.js'

export interface PrefixLeasesOptions {
  readonly dataDir: string
  /** Stratum processes of this host; each holds one prefix. */
  readonly slotCount: number
}

export interface PrefixLeasesModules {
  readonly registry: PrefixRegistry
  readonly log: Log
  readonly nowMs: () => number
  /** Text that nobody else comes up with. */
  readonly randomId: () => string
  /** The process of the slot may not give extranonce1 any more, nor keep its sessions: it has to end. */
  readonly onLost: (slot: number) => void
}

interface Lease {
  readonly prefix: number
  readonly expiresAtMs: number
  /** Whether the registry knows it under our fence; one that was read from disk it may not know yet. */
  readonly isConfirmed: boolean
}

/** How long a prefix may be used when the registry is away: a long weekend. */
export const LEASE_MS = 72 * 3_600_000
const RENEW_MS = 60_000
/** While a slot has no prefix. */
const RETRY_MS = 2_000
const CLOSE_TIMEOUT_MS = 1_000
/** With less time than this left, a lease that cannot be renewed is an error. */
const WORRY_MS = 24 * 3_600_000
const TERMS = { leaseMs: LEASE_MS, quarantineMs: QUARANTINE_MS }

/**
 * The extranonce1 prefixes of this host's stratum processes, one a slot: leased from the registry under the host's id,
 * renewed every minute, and kept on disk, so that a restart needs no registry while a lease holds. The same slot gets
 * the same prefix again after a restart.
 *
 * No lease, no sessions: when one has run out, or turns out to be somebody else's, the slot's process has to end, and
 * starts again with the next prefix. Whoever learns that he is not the only one under his id (a copied data folder, a
 * restored database) takes a new id, so that two copies part instead of taking the prefixes from each other in turn.
 */
export class PrefixLeases {
  readonly #options: PrefixLeasesOptions
  readonly #modules: PrefixLeasesModules
  readonly #file: HostFile
  readonly #leases: (Lease | undefined)[]
  readonly #waiting: ((prefix: number) => void)[][]
  #hostId: string
  #fence: string
  #hasReleased = false
  #isClosed = false
  #timer: NodeJS.Timeout | undefined

  /** What is on disk holds at once; nothing is asked before `start`. */
  static async open(options: PrefixLeasesOptions, modules: PrefixLeasesModules): Promise<PrefixLeases> {
    const file = new HostFile(options.dataDir)
    return new PrefixLeases(options, modules, file, await file.read(modules.log))
  }

  private constructor(
    options: PrefixLeasesOptions,
    modules: PrefixLeasesModules,
    file: HostFile,
    host: Host | undefined,
  ) {
    this.#options = options
    this.#modules = modules
    this.#file = file
    this.#hostId = host?.hostId ?? modules.randomId()
    this.#fence = modules.randomId()
    const nowMs = modules.nowMs()
    const slots = Array.from({ length: options.slotCount }, (_, slot) => slot)
    this.#leases = slots.map((slot) => {
      const lease = host?.leases[slot]
      if (!lease || lease.expiresAtMs <= nowMs) return undefined
      return { ...lease, expiresAtMs: Math.min(lease.expiresAtMs, nowMs + LEASE_MS), isConfirmed: false }
    })
    this.#waiting = slots.map(() => [])
  }

  start(): void {
    void this.#goOn()
  }

  /** The prefix of a slot, as soon as it has one. */
  hold(slot: number): Promise<number> {
    this.#dropExpired()
    const lease = this.#leases[slot]
    if (lease !== undefined) return Promise.resolve(lease.prefix)
    return new Promise((resolve) => this.#waiting[slot]!.push(resolve))
  }

  /** The leases go on: they are for the next start. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    const closed = this.#modules.registry.close().catch(() => undefined)
    // A connection that is just being made would be waited for.
    await Promise.race([closed, sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
  }

  /** One round of what `start` goes on with: the registry is asked, and who waits is told. */
  async renew(): Promise<void> {
    try {
      await this.#confirmAll()
    } catch (error) {
      if (!this.#isClosed) this.#complain(error)
    }
    if (this.#isClosed) return
    this.#dropExpired()
    await this.#save()
    this.#tellWaiting()
  }

  async #goOn(): Promise<void> {
    await this.renew()
    if (this.#isClosed) return
    const isWhole = this.#leases.every((lease) => lease !== undefined)
    this.#timer = setTimeout(() => void this.#goOn(), isWhole ? RENEW_MS : RETRY_MS)
  }

  /** Renews what is held and leases what is missing; throws when the registry cannot be asked. */
  async #confirmAll(): Promise<void> {
    const { registry, nowMs } = this.#modules
    for (const [slot, lease] of this.#leases.entries()) {
      const expiresAtMs = nowMs() + LEASE_MS
      if (lease?.isConfirmed !== true) {
        const holder = { hostId: this.#hostId, slot, fence: this.#fence }
        this.#take(slot, { prefix: await registry.lease(holder, TERMS), expiresAtMs, isConfirmed: true })
      } else if (await registry.renew({ prefix: lease.prefix, fence: this.#fence }, LEASE_MS)) {
        this.#take(slot, { ...lease, expiresAtMs })
      } else return this.#becomeAnother(slot, lease.prefix)
    }
    if (this.#hasReleased) return
    await registry.release(this.#hostId, this.#options.slotCount)
    this.#hasReleased = true
  }

  #take(slot: number, lease: Lease): void {
    const before = this.#leases[slot]
    this.#leases[slot] = lease
    if (before === undefined || before.prefix === lease.prefix) return
    const change = { slot, before: before.prefix, prefix: lease.prefix }
    this.#modules.log.error(
      change,
      'the extranonce1 prefix of this slot has become another: its process starts again',
    )
    this.#modules.onLost(slot)
  }

  /** Somebody leases under our id, or has our prefix. */
  async #becomeAnother(slot: number, prefix: number): Promise<void> {
    const { log, randomId, onLost } = this.#modules
    log.error(
      { slot, prefix, hostId: this.#hostId },
      'an extranonce1 prefix of this host is leased by somebody else (was DATA_DIR copied, or the database restored?): ' +
        'the stratum processes start again with prefixes of their own',
    )
    this.#hostId = randomId()
    this.#fence = randomId()
    const lost = [...this.#leases.keys()].filter((each) => this.#leases[each] !== undefined)
    this.#leases.fill(undefined)
    for (const each of lost) onLost(each)
    await this.#confirmAll()
  }

  /** When it cannot be written, only a start without the registry is lost. */
  async #save(): Promise<void> {
    const leases = this.#leases.map(
      (lease) => lease && { prefix: lease.prefix, expiresAtMs: lease.expiresAtMs },
    )
    try {
      await this.#file.write({ hostId: this.#hostId, leases: leases.map((lease) => lease ?? null) })
    } catch (error) {
      this.#modules.log.error({ err: error }, 'the leases of extranonce1 prefixes cannot be written')
    }
  }

  #tellWaiting(): void {
    for (const [slot, lease] of this.#leases.entries()) {
      if (lease !== undefined) for (const resolve of this.#waiting[slot]!.splice(0)) resolve(lease.prefix)
    }
  }

  #dropExpired(): void {
    const { log, nowMs, onLost } = this.#modules
    for (const [slot, lease] of this.#leases.entries()) {
      if (lease === undefined || lease.expiresAtMs > nowMs()) continue
      this.#leases[slot] = undefined
      log.error(
        { slot, prefix: lease.prefix },
        'the lease of an extranonce1 prefix has run out: its miners are closed until Postgres can be asked again',
      )
      onLost(slot)
    }
  }

  #complain(error: unknown): void {
    const { log, nowMs } = this.#modules
    const { message, code } = error as Error & { readonly code?: string }
    const reason = message === '' ? code : message
    if (this.#leases.includes(undefined)) {
      log.warn(
        { reason },
        'waiting for Postgres, to lease a prefix of extranonce1 (its tables are made by settle)',
      )
      return
    }
    const leftMs = Math.min(...this.#leases.map((lease) => lease!.expiresAtMs)) - nowMs()
    const text = 'the leases of extranonce1 prefixes cannot be renewed; miners are closed when they run out'
    log[leftMs < WORRY_MS ? 'error' : 'warn']({ reason, leftHours: Math.floor(leftMs / 3_600_000) }, text)
  }
}
