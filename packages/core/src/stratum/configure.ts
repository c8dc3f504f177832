import { ROLLABLE_VERSION_BITS } from '../job/version-bits.js'
import { formatHexU32 } from './hex.js'
import type { ConfigureParams } from './params/configure.js'

/** What the session agreed to. Undefined or false means: not asked for, or refused. */
export interface Configuration {
  /** Bits the session may roll from its next job on; never 0. */
  readonly versionMask: number | undefined
  /** The miner wants no difficulty below this one. */
  readonly minimumDifficulty: number | undefined
  readonly wantsSetExtranonce: boolean
  /** The `result` of the answer: one entry an extension asked for, and the parameters of those agreed to. */
  readonly answer: Readonly<Record<string, boolean | string>>
}

/**
 * Answers `mining.configure` (BIP 310). Extensions the pool does not know, and those whose parameters make no
 * sense, are answered false. Nothing is answered that was not asked: cgminer complains of keys it does not know.
 * A `minimum-difficulty` above `maxDifficulty` is refused, because the port could not keep the promise.
 */
export function configure(params: ConfigureParams, maxDifficulty: number): Configuration {
  const asked = new Set(params.extensions)
  // No prototype, because the miner chooses the names of the entries.
  const answer = Object.create(null) as Record<string, boolean | string>
  for (const name of asked) answer[name] = false

  const mask = ((params.versionMask ?? 0) & ROLLABLE_VERSION_BITS) >>> 0
  const versionMask = asked.has('version-rolling') && mask !== 0 ? mask : undefined
  if (versionMask !== undefined) {
    answer['version-rolling'] = true
    answer['version-rolling.mask'] = formatHexU32(versionMask)
  }

  const floor = params.minimumDifficulty ?? Infinity
  const minimumDifficulty = asked.has('minimum-difficulty') && floor <= maxDifficulty ? floor : undefined
  if (minimumDifficulty !== undefined) answer['minimum-difficulty'] = true

  const wantsSetExtranonce = asked.has('subscribe-extranonce')
  if (wantsSetExtranonce) answer['subscribe-extranonce'] = true
  if (asked.has('info')) answer['info'] = true
  return { versionMask, minimumDifficulty, wantsSetExtranonce, answer }
}
