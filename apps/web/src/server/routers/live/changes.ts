import { poolSettings } from '../../context'
import { refuse } from '../../error/refuse'
import { streamProcedure } from '../../trpc'
import { changesSchema } from './changes.schema'

/** Which topics have changed, as they do; the first answer only tells whether the feed is live. */
export const changes = streamProcedure(changesSchema).subscription(async ({ ctx, signal }) => {
  // Learns the network, and with it which channel to listen to.
  await poolSettings(ctx)
  const news = ctx.live.open(signal, ctx.meter?.callerOf(ctx.viewer) ?? '')
  if (typeof news === 'string') throw refuse(news)
  return news
})
