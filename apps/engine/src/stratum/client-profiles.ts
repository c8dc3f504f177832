import { stat } from 'node:fs/promises'
import {
  matchProfile,
  type ClientProfile,
  type ClientProfileTable,
} from '@headframe/core/stratum/client-profile'
import {
  ruleFor,
  rulesInForce,
  type ProfileRule,
  type RuleInForce,
} from '@headframe/core/stratum/profile-rule'
import type { Log } from '../log.js'
import { ClientCensus } from './client-census.js'
import { BUILT_IN_PROFILES } from './built-in-profiles.js'
import { readProfileTable } from './read-profile-table.js'

/** How often the file is looked at. */
const POLL_MS = 2_000

export interface ClientProfilesOptions {
  /** Undefined: the built-in profiles alone. */
  readonly file: string | undefined
  readonly pollMs?: number
}

export interface ProfileHits {
  readonly name: string
  /** Clients that subscribed and were given the profile since the process began. */
  readonly hits: number
}

/**
 * The client profiles in force, and how often each was given: by a rule of operators, otherwise by the first pattern
 * that fits, of the file and then of what is built in. The file is read again whenever it has changed. What cannot be
 * read or makes no sense is logged, and the profiles before it stay: a slip of the pen must not keep a process from
 * starting, nor change what running ones do.
 */
export class ClientProfiles {
  readonly #file: string | undefined
  readonly #log: Log
  readonly #hits = new Map<string, number>()
  /** Who has a session now. */
  readonly census = new ClientCensus()
  #table: ClientProfileTable = BUILT_IN_PROFILES
  /** What operators want; a profile of it may be unknown here, until the file has it. */
  #wanted: readonly ProfileRule[] = []
  #rules: readonly RuleInForce[] = []
  /** Why the file as it is now cannot be used. */
  #problem: string | undefined
  /** What the file looked like when it was read last. */
  #seen = ''
  #isLooking = false
  #timer: NodeJS.Timeout | undefined

  /** Reads the file, if there is one, and then goes on looking at it. */
  static async open(options: ClientProfilesOptions, modules: { readonly log: Log }): Promise<ClientProfiles> {
    const profiles = new ClientProfiles(options, modules.log)
    if (options.file === undefined) return profiles
    await profiles.#look()
    profiles.#timer = setInterval(() => void profiles.#look(), options.pollMs ?? POLL_MS)
    profiles.#timer.unref()
    return profiles
  }

  private constructor({ file }: ClientProfilesOptions, log: Log) {
    this.#file = file
    this.#log = log
  }

  /** Those in force. */
  get table(): ClientProfileTable {
    return this.#table
  }

  /** Those in force, in the order in which they are tried. */
  get rules(): readonly RuleInForce[] {
    return this.#rules
  }

  get hasFile(): boolean {
    return this.#file !== undefined
  }

  get problem(): string | undefined {
    return this.#problem
  }

  /** Takes rules in place of those before; they hold for who subscribes from now on. */
  follow(rules: readonly ProfileRule[]): void {
    this.#wanted = rules
    this.#rules = rulesInForce(rules, this.#table)
  }

  /** The profile of a client that has just subscribed; counted. */
  match(userAgent: string): ClientProfile {
    const profile = ruleFor(this.#rules, userAgent)?.profile ?? matchProfile(this.#table, userAgent)
    this.#hits.set(profile.name, (this.#hits.get(profile.name) ?? 0) + 1)
    return profile
  }

  /** Every profile in force in the order in which they are tried, the default last. */
  counts(): ProfileHits[] {
    const { profiles, fallback } = this.#table
    return [...profiles, fallback].map(({ name }) => ({ name, hits: this.#hits.get(name) ?? 0 }))
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      await this.#readIfChanged(this.#file!)
    } finally {
      this.#isLooking = false
    }
  }

  async #readIfChanged(file: string): Promise<void> {
    const found = await stat(file).catch((error: unknown) => error as NodeJS.ErrnoException)
    const look = found instanceof Error ? found.message : `${found.ino} ${found.mtimeMs} ${found.size}`
    if (look === this.#seen) return
    this.#seen = look
    try {
      if (found instanceof Error) throw found
      this.#use(await readProfileTable(file))
      this.#problem = undefined
      this.#log.info({ file, profiles: this.#table.profiles.length }, 'client profiles read')
    } catch (error) {
      const problem = (error as Error).message
      this.#problem = problem
      this.#log.error({ file, problem }, 'client profiles cannot be used; those before it stay in force')
    }
  }

  #use(table: ClientProfileTable): void {
    this.#table = table
    this.follow(this.#wanted)
    const names = new Set(this.counts().map(({ name }) => name))
    for (const name of this.#hits.keys()) if (!names.has(name)) this.#hits.delete(name)
  }
}
