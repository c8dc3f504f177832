import type { WorkerIdentity } from '@headframe/core/journal/segment'
import type { MinerMeter } from '../../guard/miner-meters.js'
import type { WorkerPresence } from '../../live/presence.js'

/** Usernames one session may authorize; a proxy may carry several. */
export const MAX_WORKERS_PER_SESSION = 256

/** A username that was authorized on a session. */
export interface SessionWorker extends WorkerIdentity {
  readonly username: string
  /** The same as it comes over the wire. Comparing bytes is quicker: V8 has many kinds of strings. */
  readonly usernameBytes: Uint8Array
  readonly presence: WorkerPresence
  readonly meter: MinerMeter
}
