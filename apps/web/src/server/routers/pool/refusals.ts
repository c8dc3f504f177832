import { networkOf } from '../../address'
import { readBan, readRefusals } from '../../live/read-connections'
import { procedure } from '../../trpc'
import { refusalsSchema } from './refusals.schema'

/** What became of connections from the visitor's own network address. */
export const refusals = procedure(refusalsSchema).query(async ({ ctx }) => {
  const [nowMs, { peer }] = [ctx.nowMs(), ctx]
  if (peer === undefined) {
    return { nowMs, peer, ban: undefined, refusals: { known: false as const, why: 'not-reported' as const } }
  }
  const network = await networkOf(ctx)
  const { commands } = ctx.live
  const [ban, seen] = await Promise.all([
    readBan(commands, network, peer, nowMs),
    readRefusals(commands, network, peer),
  ])
  return { nowMs, peer, ban, refusals: seen }
})
