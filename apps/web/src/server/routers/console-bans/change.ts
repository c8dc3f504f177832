import { isInForce, type Decision } from '@headframe/core/live/ban'
import type { LiveBan } from '@headframe/core/live/live-feed'
import { networkOf } from '../../address'
import type { RequestContext } from '../../context'
import { ApiError, refuse } from '../../error/refuse'
import { findBan, writeBan } from '../../live/bans'
import type { Change } from '../../operators/recorded-action'
import type { OperatorViewer } from '../../viewer'
import { DONE } from '../console-payouts/input'

interface Changing extends RequestContext {
  readonly viewer: OperatorViewer
  readonly change: Change
}

/** Changes the ban of one address, on record. */
export async function changeBan(
  ctx: Changing,
  address: string,
  decide: (decision: Omit<Decision, 'reason'>) => LiveBan,
): Promise<typeof DONE> {
  const network = await networkOf(ctx)
  const { commands } = ctx.live
  const decision = { address, by: `console: ${ctx.viewer.name}`, nowMs: ctx.nowMs() }
  await ctx.change
    .make(
      async () => {
        const ban = await findBan(commands, network, address)
        if (ban === undefined || !isInForce(ban, ctx.nowMs())) return { isBanned: false }
        const { reason, untilMs, by } = ban
        return { isBanned: true, until: new Date(untilMs).toISOString(), reason, by }
      },
      () => writeBan(commands, network, address, (previous) => decide({ ...decision, previous })),
    )
    .catch((error: unknown) => {
      if (error instanceof ApiError) throw error
      throw refuse(
        'engine-away',
        `Redis, which keeps the bans, does not answer: ${(error as Error).message}.`,
      )
    })
  return DONE
}
