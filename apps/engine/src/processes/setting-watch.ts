import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { usableValues, type RunTimeValues } from '@headframe/core/settings/run-time-setting'
import { usableRules, type ProfileRule } from '@headframe/core/stratum/profile-rule'
import { openPool } from '@headframe/db/open-pool'
import { saveProgramSettings, type SettingLine } from '@headframe/db/settings/program-settings'
import { rulesOf } from '@headframe/db/settings/profile-rules'
import { readRunTimeSettings, type StoredSetting } from '@headframe/db/settings/run-time-settings'
import type { Queryable } from '@headframe/db/transaction'
import { z } from 'zod'
import { isMissing } from '../is-missing.js'
import { writeSynced } from '../journal/journal-files.js'
import type { Log } from '../log.js'

/** What was set at run time, and by which change: a number that grows. 0: nothing ever was. */
export interface RunTimeSettings {
  readonly version: number
  readonly values: RunTimeValues
  /** Who gets which client profile, in the order in which they are tried. */
  readonly rules: readonly ProfileRule[]
}

export const NO_RUN_TIME_SETTINGS: RunTimeSettings = { version: 0, values: {}, rules: [] }

const LOOK_MS = 2_000
const QUERY_TIMEOUT_MS = 5_000
const FILE = z.object({
  version: z.number().int().min(0),
  values: z.record(z.string(), z.unknown()),
  // A version without rules wrote none.
  rules: z.array(z.object({ pattern: z.string(), profile: z.string() })).default([]),
})

export interface SettingWatchOptions {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly host: string
  /** What the program was started with, for the console. */
  readonly lines: readonly SettingLine[]
}

export interface SettingWatchModules {
  readonly log: Log
  readonly nowMs: () => number
  readonly onChange: (settings: RunTimeSettings) => void
}

/**
 * Follows the settings that operators change at run time. What was read last is kept on disk, so that a start without
 * Postgres goes on with it; while Postgres is away nothing changes.
 */
export class SettingWatch {
  readonly #options: SettingWatchOptions
  readonly #modules: SettingWatchModules
  readonly #pool: Queryable & { end(): Promise<void> }
  readonly #startedAtMs: number
  #current: RunTimeSettings
  #hasTold = false
  #isFailing = false
  #isClosed = false
  #timer: NodeJS.Timeout | undefined

  /** Knows what stands on disk; nothing is asked before `start`. */
  static async open(options: SettingWatchOptions, modules: SettingWatchModules): Promise<SettingWatch> {
    return new SettingWatch(options, modules, await readFile(pathOf(options), modules.log))
  }

  private constructor(options: SettingWatchOptions, modules: SettingWatchModules, current: RunTimeSettings) {
    this.#options = options
    this.#modules = modules
    this.#current = current
    this.#startedAtMs = modules.nowMs()
    this.#pool = openPool({ url: options.databaseUrl, maxConnections: 1, queryTimeoutMs: QUERY_TIMEOUT_MS })
  }

  get current(): RunTimeSettings {
    return this.#current
  }

  start(): void {
    void this.#goOn()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#pool.end().catch(() => undefined)
  }

  async #goOn(): Promise<void> {
    try {
      await this.#look()
      this.#isFailing = false
    } catch (error) {
      const reason = (error as Error).message
      if (!this.#isFailing && !this.#isClosed)
        this.#modules.log.warn({ reason }, 'settings stay as they are until Postgres can be asked')
      this.#isFailing = true
    }
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#goOn(), LOOK_MS)
  }

  async #look(): Promise<void> {
    const { host, lines } = this.#options
    if (!this.#hasTold)
      await saveProgramSettings(this.#pool, { program: 'serve', host, startedAtMs: this.#startedAtMs, lines })
    this.#hasTold = true
    const next = settingsOf(await readRunTimeSettings(this.#pool))
    // Another number, not a greater one: the database may have been restored.
    if (next.version === this.#current.version || this.#isClosed) return
    this.#current = next
    this.#modules.log.info(next, 'settings have changed')
    this.#modules.onChange(next)
    await writeSynced(nodeFiles, pathOf(this.#options), `${JSON.stringify(next, null, 2)}\n`)
  }
}

function settingsOf(stored: readonly StoredSetting[]): RunTimeSettings {
  const version = stored.reduce((latest, { changedAtMs }) => Math.max(latest, changedAtMs), 0)
  const values = usableValues(Object.fromEntries(stored.map(({ name, value }) => [name, value])))
  const rules = rulesOf(stored).map(({ pattern, profile }) => ({ pattern, profile }))
  return { version, values, rules: usableRules(rules) }
}

const pathOf = ({ dataDir }: SettingWatchOptions): string => join(dataDir, 'run-time-settings.json')

async function readFile(path: string, log: Log): Promise<RunTimeSettings> {
  try {
    const { version, values, rules } = FILE.parse(JSON.parse(await nodeFiles.readFile(path, 'utf8')))
    return { version, values: usableValues(values), rules: usableRules(rules) }
  } catch (error) {
    if (!isMissing(error)) log.error({ err: error, path }, 'unreadable; settings go by the environment')
    return NO_RUN_TIME_SETTINGS
  }
}
