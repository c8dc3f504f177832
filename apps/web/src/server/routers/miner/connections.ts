import { findMiner } from '@headframe/db/miner/find-miner'
import { attemptsOf } from '../../../measure/connection-story'
import { networkOf, readAddress, readMiner } from '../../address'
import type { RequestContext } from '../../context'
import { readConnections } from '../../live/read-connections'
import { procedure } from '../../trpc'
import { connectionsSchema } from './connections.schema'

/** How far the last connections of a miner came: whether it has reached the pool, and what it was told. */
export const connections = procedure(connectionsSchema).query(async ({ ctx, input }) => {
  const nowMs = ctx.nowMs()
  const address = await readAddress(ctx, input.address)
  if (await isHidden(ctx, address)) return { nowMs, attempts: { known: true as const, value: [] } }
  const events = await readConnections(ctx.live.commands, await networkOf(ctx), address)
  if (!events.known) return { nowMs, attempts: events }
  return { nowMs, attempts: { known: true as const, value: attemptsOf(events.value) } }
})

/** Whoever has just connected for the first time is not in the database, and may be seen by his address. */
async function isHidden(context: RequestContext, address: string): Promise<boolean> {
  if ((await readMiner(context, address)) !== undefined) return false
  return (await findMiner(context.database.pool, address)) !== undefined
}
