import { EXTRANONCE2_SIZE } from '../job/job.js'
import { MAX_DIFFICULTY, MIN_DIFFICULTY } from './format-difficulty.js'
import { matchesPattern } from './user-agent-pattern.js'

/** What one kind of mining client needs of the pool, told by what it calls itself. */
export interface ClientProfile {
  /** Lower case; by it the profile is counted and replaced. */
  readonly name: string
  /** See `user-agent-pattern.ts`. None in the profile of the clients that no other fits. */
  readonly userAgents: readonly string[]
  /** Largest coinbase, without witness, that the client is known to work with. */
  readonly maxCoinbaseBytes: number
  /** Floor of the client's difficulty, within what its port allows. */
  readonly minDifficulty: number
  /**
   * Silence the client bears before it gives the pool up. One that answers pings is sent one when the pool has
   * heard nothing of it for so long.
   */
  readonly keepaliveSeconds: number
  /** Whether the client answers `mining.ping`, by a result or by a message with the method `pong`. */
  readonly answersPing: boolean
  /** Whether the client reads the first message of a packet and drops what stands behind it. */
  readonly oneMessagePerPacket: boolean
  /** Size of extranonce2 that the client is given. The rest of the room in the coinbase stays zero. */
  readonly extranonce2Bytes: number
  /** Where all this comes from, for people. */
  readonly notes: string
}

/** Profiles in the order in which they are tried. */
export interface ClientProfileTable {
  readonly profiles: readonly ClientProfile[]
  /** Of the clients that no profile fits. */
  readonly fallback: ClientProfile
}

export const DEFAULT_PROFILE_NAME = 'default'

export const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** A client that nothing is known of. */
export const DEFAULT_PROFILE: ClientProfile = {
  name: DEFAULT_PROFILE_NAME,
  userAgents: [],
  maxCoinbaseBytes: 750,
  minDifficulty: MIN_DIFFICULTY,
  keepaliveSeconds: 60,
  answersPing: false,
  oneMessagePerPacket: false,
  extranonce2Bytes: EXTRANONCE2_SIZE,
  notes: 'The coinbase that every known client but rental proxies and the smallest miners can take.',
}

/** Most profiles of a table, and most patterns of a profile: what one subscribe may cost. */
export const MAX_PROFILES = 128
export const MAX_PATTERNS_PER_PROFILE = 32

/** Bounds of the numbers of a profile, both inclusive. */
export const PROFILE_NUMBERS = {
  maxCoinbaseBytes: { min: 200, max: 100_000, isWhole: true },
  minDifficulty: { min: MIN_DIFFICULTY, max: MAX_DIFFICULTY, isWhole: false },
  keepaliveSeconds: { min: 10, max: 3600, isWhole: true },
  extranonce2Bytes: { min: 2, max: EXTRANONCE2_SIZE, isWhole: true },
} as const

/** The first profile with a pattern that fits, or the fallback. */
export function matchProfile(table: ClientProfileTable, userAgent: string): ClientProfile {
  for (const profile of table.profiles) {
    for (const pattern of profile.userAgents) if (matchesPattern(pattern, userAgent)) return profile
  }
  return table.fallback
}
