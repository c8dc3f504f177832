import { holdJob, type HeldJob, type NotifyParams } from '../stratum/held-job.js'
import type { WireMessage } from '../stratum/wire-laws.js'

/** What a client knows of one connection, from nothing but the pool's lines. */
export class MinerMemory {
  sessionId: string | undefined
  extranonce1: string | undefined
  /** Hex digits of an extranonce2. */
  extranonce2Digits = 0
  difficulty = 0
  versionMask = 0
  /** In the order they came. */
  readonly jobs: HeldJob[] = []

  hear({ method, params, result }: WireMessage): void {
    if (method === 'mining.set_difficulty') this.difficulty = params![0] as number
    if (method === 'mining.set_extranonce') this.extranonce1 = params![0] as string
    if (method === 'mining.notify' && this.extranonce1 !== undefined)
      this.jobs.push(holdJob(params as unknown as NotifyParams, this.difficulty, this.extranonce1))
    if (method !== undefined) return
    const mask = (result as Record<string, unknown> | null | undefined)?.['version-rolling.mask']
    if (typeof mask === 'string') this.versionMask = Number.parseInt(mask, 16)
    if (isSubscribed(result)) this.#subscribe(result)
  }

  get job(): HeldJob | undefined {
    return this.jobs.at(-1)
  }

  #subscribe([[[, sessionId]], extranonce1, extranonce2Bytes]: Subscribed): void {
    this.sessionId = sessionId
    this.extranonce1 = extranonce1
    this.extranonce2Digits = 2 * extranonce2Bytes
  }
}

type Subscribed = readonly [readonly [readonly [string, string], ...unknown[]], string, number]

function isSubscribed(result: unknown): result is Subscribed {
  return Array.isArray(result) && result.length === 3 && typeof result[1] === 'string'
}
