import { findMiner } from '@headframe/db/miner/find-miner'
import { listHiddenNames } from '@headframe/db/worker/list-hidden-names'
import { attemptsOf } from '../../../measure/connection-story'
import { networkOf, readAddress, readMiner, seesAll } from '../../address'
import type { RequestContext } from '../../context'
import { readConnections } from '../../live/read-connections'
import { procedure } from '../../trpc'
import { connectionsSchema } from './connections.schema'

/** How far the last connections of a miner came: whether it has reached the pool, and what it was told. */
export const connections = procedure(connectionsSchema).query(async ({ ctx, input }) => {
  const nowMs = ctx.nowMs()
  const address = await readAddress(ctx, input.address)
  const hidden = await hiddenNames(ctx, address)
  if (hidden === 'all') return { nowMs, attempts: { known: true as const, value: [] } }
  const events = await readConnections(ctx.live.commands, await networkOf(ctx), address)
  if (!events.known) return { nowMs, attempts: events }
  const shown = attemptsOf(events.value).filter(({ workerName }) => !hidden.has(workerName))
  return { nowMs, attempts: { known: true as const, value: shown } }
})

/**
 * Which workers of an address who asks must not see. Whoever has just connected for the first time is not in the
 * database, and may be seen by his address.
 */
async function hiddenNames(context: RequestContext, address: string): Promise<Set<string> | 'all'> {
  const db = context.database.pool
  const miner = await readMiner(context, address)
  if (miner === undefined) return (await findMiner(db, address)) === undefined ? new Set() : 'all'
  return seesAll(context, miner) ? new Set() : listHiddenNames(db, miner.minerId)
}
