import { poolSettings, type Context } from '../../context'
import { readTips } from '../../live/read-live'
import { procedure } from '../../trpc'
import { tipsSchema } from './tips.schema'

/** How fast miners were brought to the newest tips, the newest first. */
export const tips = procedure(tipsSchema).query(({ ctx }) => ctx.cache.get('pool.tips', () => read(ctx)))

async function read(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { known: false as const, why: 'not-reported' as const }
  return readTips(context.live.commands, settings.network)
}
