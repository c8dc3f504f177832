import { describeEvent } from '@headframe/core/alert/describe-event'
import { listDeliveries, replayDelivery } from '@headframe/db/alert/deliveries'
import { refuse } from '../error/refuse'
import type { DeliveryPage } from '../schema/alert'
import { findOwner, openOwnerId, type AlertContext, type AlertViewer } from './owner'

/** What was delivered, the newest first; the cursor is the last delivery. */
export async function listDeliveriesFor(
  ctx: AlertContext,
  viewer: AlertViewer,
  { cursor, limit }: DeliveryPage,
) {
  const owner = await findOwner(ctx, viewer)
  if (owner === undefined) return { deliveries: [], nextCursor: undefined }
  const beforeId = cursor === undefined || cursor === null ? undefined : BigInt(cursor)
  const found = await listDeliveries(ctx.database.pool, owner.ownerId, beforeId, limit + 1)
  const page = found.slice(0, limit)
  return {
    deliveries: page.map((delivery) => ({
      ...delivery,
      // A code stands in no event; what a message says of one is left to the message.
      events: delivery.events.map((event) => {
        const { title, text } = describeEvent(event)
        const { rule, level, atMs } = event
        return {
          rule,
          level,
          atMs,
          title,
          text: rule === 'verify' ? 'The code that confirms this channel.' : text,
        }
      }),
    })),
    nextCursor: found.length > limit ? page.at(-1)?.id.toString() : undefined,
  }
}

export async function replayFor(ctx: AlertContext, viewer: AlertViewer, id: string) {
  const ownerId = await openOwnerId(ctx, viewer)
  if (!(await replayDelivery(ctx.database.pool, ownerId, BigInt(id), ctx.nowMs())))
    throw refuse('not-found', 'There is no such delivery, it waits already, or its channel is gone.')
  return { done: true } as const
}
