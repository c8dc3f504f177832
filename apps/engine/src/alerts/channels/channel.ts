import type { AlertEvent } from '@headframe/core/alert/event'
import type { AlertMessage } from '@headframe/core/alert/message'
import type { ChannelKind, ChannelTarget } from '@headframe/core/alert/channel'
import type { Outcome } from '@headframe/core/alert/retry'

/** What a channel is given to send. */
export interface Parcel {
  /** The same in every try. */
  readonly deliveryId: bigint
  readonly createdAtMs: number
  readonly message: AlertMessage
  readonly events: readonly AlertEvent[]
}

export type TargetOf<Kind extends ChannelKind> = Extract<ChannelTarget, { readonly kind: Kind }>

/** One way to deliver. Rejects when the way failed before the peer answered. */
export interface Channel<Kind extends ChannelKind> {
  send(target: TargetOf<Kind>, parcel: Parcel): Promise<Outcome>
  close?(): void
}

/** One of each kind that the pool can send by. */
export type Channels = { readonly [Kind in ChannelKind]?: Channel<Kind> | undefined }
