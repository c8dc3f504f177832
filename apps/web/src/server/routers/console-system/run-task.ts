import { liveKeys } from '@headframe/core/live/live-feed'
import type { TaskWish } from '@headframe/core/live/live-system'
import { poolSettings, type Context } from '../../context'
import { refuse } from '../../error/refuse'
import { actionProcedure } from '../../trpc'
import { DONE } from '../console-payouts/input'
import { readQueues } from './queues'
import { runTaskSchema } from './run-task.schema'

/** Asks settle for it, which takes it up within a second. */
export const runTask = actionProcedure(runTaskSchema).mutation(async ({ ctx, input: { task } }) => {
  const settings = await poolSettings(ctx)
  const { commands } = ctx.live
  await ctx.change.make(
    () => readTask(ctx, task),
    async () => {
      const wish: TaskWish = { atMs: ctx.nowMs(), by: ctx.viewer.name }
      await commands.hset(liveKeys(settings!.network).taskWishes, task, JSON.stringify(wish)).catch(() => {
        throw refuse('conflict', 'Redis does not answer, and tasks wait for it, too.')
      })
    },
  )
  return DONE
})

/** How the task stands. Refuses when there is no such task, or nobody who would run it. */
async function readTask(context: Context, name: string) {
  const queues = await readQueues(context)
  if (!queues.known || queues.value.isSilent)
    throw refuse('conflict', 'settle does not report: nobody would run the task. Start it first.')
  const task = queues.value.tasks.find((each) => each.name === name && each.everyMs !== undefined)
  if (task === undefined) throw refuse('not-found', `There is no task ${name}.`)
  const { lastRun, isFailing, failed } = task
  return { lastRunAtMs: lastRun?.atMs, isFailing, failed }
}
