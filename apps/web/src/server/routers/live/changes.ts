import { poolSettings } from '../../context'
import { procedure, TRPCError } from '../../trpc'

/** Which topics have changed, as they do; the first answer only tells whether the feed is live. */
export const changes = procedure.subscription(async function* ({ ctx, signal }) {
  // Learns the network, and with it which channel to listen to.
  await poolSettings(ctx)
  const news = ctx.live.open(signal)
  if (news === undefined)
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'Too many pages are open.' })
  yield* news
})
