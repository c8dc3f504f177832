import { fixedBan } from '@headframe/core/live/ban'
import { actionProcedure } from '../../trpc'
import { banSchema } from './ban.schema'
import { changeBan } from './change'

export const ban = actionProcedure(banSchema).mutation(({ ctx, input: { address, minutes, reason } }) =>
  changeBan(ctx, address, (decision) => fixedBan({ ...decision, reason }, minutes * 60_000)),
)
