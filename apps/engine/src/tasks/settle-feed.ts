import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import type { AlertRoom } from '../alerts/alert-room.js'
import { ProgramFeed } from '../live/program-feed.js'
import type { Log } from '../log.js'
import type { TaskRuntime } from './runtime.js'
import { TasksFeed } from './tasks-feed.js'

export interface SettleFeedModules {
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly runtime: TaskRuntime
  readonly alerts: Pick<AlertRoom, 'describeQueues'>
  readonly log: Log
}

/** What operators see of settle and its tasks. */
export function openSettleFeed(
  network: Network,
  { redis, runtime, alerts, log }: SettleFeedModules,
): { readonly close: () => Promise<void> } {
  const keys = liveKeys(network)
  const nowMs = Date.now
  const doing = (): string => {
    const running = runtime.running()
    return running.length === 0 ? 'waits for the next task' : `runs ${running.join(', ')}`
  }
  const program = new ProgramFeed({ program: 'settle', keys }, { redis, nowMs, doing })
  const tasks = new TasksFeed({
    ...{ redis, keys, log, nowMs },
    describe: async () => [...(await runtime.describe()), ...(await alerts.describeQueues())],
    runNow: (task) => runtime.runNow(task, nowMs()),
  })
  program.start()
  tasks.start()
  return {
    async close() {
      tasks.close()
      await program.close()
    },
  }
}
