import { poolSettings, type Context } from '../../context'
import { readTasks } from '../../live/read-system'
import { operatorProcedure } from '../../trpc'
import { queuesSchema } from './queues.schema'

/** settle tells every five seconds. */
const SILENT_AFTER_MS = 20_000

/** What runs when, what waits, and what has failed. */
export const queues = operatorProcedure(queuesSchema).query(({ ctx }) =>
  ctx.cache.get('console.queues', () => readQueues(ctx)),
)

export async function readQueues(context: Context) {
  const settings = await poolSettings(context)
  if (settings === undefined) return { known: false as const, why: 'not-reported' as const }
  const report = await readTasks(context.live.commands, settings.network)
  if (!report.known) return report
  const isSilent = context.nowMs() - report.value.atMs > SILENT_AFTER_MS
  return { known: true as const, value: { ...report.value, isSilent } }
}
