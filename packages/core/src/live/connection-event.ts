import type { RejectReason } from '../share/share.js'

/** Events that are kept of a payout address or a peer, the newest; and for how long after the last of them. */
export const MAX_CONNECTION_EVENTS = 60
export const CONNECTION_EVENTS_EXPIRE_MS = 1_800_000

interface OfConnection {
  /** Which connection, by a name that no other has. */
  readonly connection: string
  readonly atMs: number
}

/** A step of a connection that has authorized a payout address, for whoever looks at that address. */
export type ConnectionEvent = OfConnection &
  (
    | {
        readonly what: 'authorized'
        readonly port: number
        readonly connectedAtMs: number
        /** What the miner calls itself; empty when it does not say. */
        readonly userAgent: string
        readonly workerName: string
      }
    /** It was sent its first job. */
    | { readonly what: 'job'; readonly difficulty: number }
    /** Its first share was accepted. */
    | { readonly what: 'share' }
    /** The first reject of that reason. */
    | { readonly what: 'reject'; readonly reason: RejectReason }
    /** `reason` is a `CloseReason` of the engine. */
    | { readonly what: 'left'; readonly reason: string }
  )

/** What became of a connection that has no payout address, for the peer itself and nobody else. */
export type RefusalEvent = OfConnection & {
  readonly port: number
  readonly connectedAtMs: number
  readonly userAgent: string
} & (
    | {
        readonly what: 'refused'
        /** As the miner sent it, cut. */
        readonly username: string
        /** What it was told. */
        readonly text: string
      }
    /** It left, or was sent away, before it had authorized anything. */
    | { readonly what: 'left'; readonly hasSubscribed: boolean; readonly reason: string }
  )
