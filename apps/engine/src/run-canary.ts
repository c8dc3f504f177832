import type { Network } from '@headframe/core/chain/network'
import { loadEngineOptions } from './env.js'
import { createLog } from './log.js'
import { openCanary } from './processes/open-canary.js'
import { exitOnFault } from './processes/stop-signal.js'

/** The canary, a child of `serve`, which names the network: runs until it is told to stop or the primary is gone. */
await exitOnFault(async () => {
  // A Ctrl-C reaches the whole group, and is the primary's to act on.
  process.on('SIGINT', () => undefined)
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('disconnect', resolve)
  })
  const options = loadEngineOptions()
  const log = createLog({ level: options.LOG_LEVEL, name: 'canary' })
  const canary = openCanary(options, process.argv[2] as Network, log, (message) => {
    if (process.connected) process.send!(message)
  })
  await stopped
  canary.close()
})
