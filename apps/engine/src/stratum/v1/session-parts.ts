import type { Network } from '@headframe/core/chain/network'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { Vardiff, VardiffOptions } from '@headframe/core/vardiff/vardiff'
import type { PeerId } from '../../guard/peer-guard.js'
import type { ConnectionTrace } from '../../live/connection-trace.js'
import type { Connection } from '../connection.js'

export interface SessionOptions {
  readonly port: StratumPort
  readonly network: Network
  /** The port's, as vardiff takes them; its share rate may change at any time. */
  readonly vardiff: VardiffOptions & { sharesPerMinute: number }
}

/** What one session is made of; the desk is for all. */
export interface SessionParts {
  readonly connection: Connection
  readonly vardiff: Vardiff
  /** Under which the guard knows the connection. */
  readonly peerId: PeerId
  readonly mover: SessionMover
  /** What of the connection is told to whoever is connecting it. */
  readonly trace: ConnectionTrace
}

/** Brings a peer to the process that its session lives in. */
export interface SessionMover {
  /** False when there is no way to it. When true, nothing is to be answered here any more. */
  moveHome(prefix: number): boolean
}
