import { networkOf } from '../../address'
import { readBans } from '../../live/bans'
import { operatorProcedure } from '../../trpc'
import { listSchema } from './list.schema'

export const list = operatorProcedure(listSchema).query(async ({ ctx }) => {
  const nowMs = ctx.nowMs()
  return { nowMs, bans: await readBans(ctx.live.commands, await networkOf(ctx), nowMs) }
})
