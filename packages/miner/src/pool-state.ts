import { parseHexBytes, parseHexU32 } from '@headframe/core/stratum/hex'
import { parseNotify, type PoolJob } from './pool-job.js'

/** Jobs that are remembered; the oldest is forgotten first. */
const MAX_REMEMBERED_JOBS = 64

/** Longest extranonce2 a pool may ask for, bytes. */
const MAX_EXTRANONCE2_SIZE = 32

/** What a push of the pool has brought about. */
export type PoolChange =
  | { readonly kind: 'job'; readonly job: PoolJob }
  | { readonly kind: 'difficulty'; readonly difficulty: number }
  | { readonly kind: 'version-mask'; readonly versionMask: number }
  | { readonly kind: 'extranonce'; readonly extranonce1: Uint8Array; readonly extranonce2Size: number }

/** What the pool has said so far. Each job keeps the terms that held when it came. */
export class PoolState {
  difficulty = 1
  versionMask = 0
  extranonce1: Uint8Array = new Uint8Array(0)
  extranonce2Size = 0
  /** The newest. */
  job: PoolJob | undefined
  readonly #jobs = new Map<string, PoolJob>()

  /** A job that is still worth mining on or submitting to. */
  jobOf(jobId: string): PoolJob | undefined {
    return this.#jobs.get(jobId)
  }

  /** Takes the result of `mining.subscribe`; undefined when it makes no sense. */
  subscribed(result: unknown): PoolChange | undefined {
    const [, extranonce1, extranonce2Size] = Array.isArray(result) ? (result as unknown[]) : []
    return this.#takeExtranonce(extranonce1, extranonce2Size)
  }

  /** Takes the result of `mining.configure`; returns the version bits agreed to, 0 when none. */
  configured(result: unknown): number {
    const answer = typeof result === 'object' && result !== null ? (result as Record<string, unknown>) : {}
    const agreed = answer['version-rolling'] === true ? answer['version-rolling.mask'] : undefined
    this.versionMask = typeof agreed === 'string' ? (parseHexU32(agreed) ?? 0) : 0
    return this.versionMask
  }

  /** Takes a push; undefined when the method is not known or its params make no sense. */
  push(method: string, params: readonly unknown[]): PoolChange | undefined {
    switch (method) {
      case 'mining.notify':
        return this.#takeJob(params)
      case 'mining.set_difficulty':
        return this.#takeDifficulty(params[0])
      case 'mining.set_version_mask':
        return this.#takeVersionMask(params[0])
      case 'mining.set_extranonce':
        return this.#takeExtranonce(params[0], params[1])
      default:
        return undefined
    }
  }

  #takeJob(params: readonly unknown[]): PoolChange | undefined {
    const { extranonce1, extranonce2Size, difficulty, versionMask } = this
    const job = parseNotify(params, { extranonce1, extranonce2Size, difficulty, versionMask })
    if (job === undefined) return undefined
    if (job.cleanJobs) this.#jobs.clear()
    this.#jobs.set(job.jobId, job)
    if (this.#jobs.size > MAX_REMEMBERED_JOBS) this.#jobs.delete(this.#jobs.keys().next().value!)
    this.job = job
    return { kind: 'job', job }
  }

  #takeDifficulty(value: unknown): PoolChange | undefined {
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined
    this.difficulty = value
    return { kind: 'difficulty', difficulty: value }
  }

  #takeVersionMask(value: unknown): PoolChange | undefined {
    const versionMask = typeof value === 'string' ? parseHexU32(value) : undefined
    if (versionMask === undefined) return undefined
    this.versionMask = versionMask
    return { kind: 'version-mask', versionMask }
  }

  #takeExtranonce(hex: unknown, size: unknown): PoolChange | undefined {
    const extranonce1 = typeof hex === 'string' ? parseHexBytes(hex) : undefined
    if (extranonce1 === undefined || typeof size !== 'number' || !Number.isInteger(size)) return undefined
    if (size < 0 || size > MAX_EXTRANONCE2_SIZE) return undefined
    this.extranonce1 = extranonce1
    this.extranonce2Size = size
    return { kind: 'extranonce', extranonce1, extranonce2Size: size }
  }
}
