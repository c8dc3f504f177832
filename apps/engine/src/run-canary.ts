import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import { loadEngineOptions } from './env.js'
import { ProgramFeed } from './live/program-feed.js'
import { connectDroppableRedis } from './live/redis.js'
import { createLog } from './log.js'
import { openCanary } from './processes/open-canary.js'
import { exitOnFault, onParentEnd } from './processes/stop-signal.js'

/** The canary, a child of `serve`, which names the network: runs until it is told to stop or the primary is gone. */
await exitOnFault(async () => {
  const stopped = onParentEnd()
  const options = loadEngineOptions()
  const log = createLog({ level: options.LOG_LEVEL, name: 'canary' })
  const network = process.argv[2] as Network
  const canary = openCanary(options, network, log, (message) => {
    if (process.connected) process.send!(message)
  })
  const redis = connectDroppableRedis(options.REDIS_URL, log)
  const program = new ProgramFeed(
    { program: 'canary', keys: liveKeys(network) },
    {
      redis,
      nowMs: Date.now,
      doing: () => `mines on ${options.STRATUM_PORTS.length} ports to check their jobs`,
    },
  )
  program.start()
  await stopped
  canary.close()
  await program.close()
  redis.disconnect()
})
