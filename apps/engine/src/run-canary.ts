import type { Network } from '@headframe/core/chain/network'
import { loadEngineOptions } from './env.js'
import { createLog } from './log.js'
import { openCanary } from './processes/open-canary.js'
import { exitOnFault, onParentEnd } from './processes/stop-signal.js'

/** The canary, a child of `serve`, which names the network: runs until it is told to stop or the primary is gone. */
await exitOnFault(async () => {
  const stopped = onParentEnd()
  const options = loadEngineOptions()
  const log = createLog({ level: options.LOG_LEVEL, name: 'canary' })
  const canary = openCanary(options, process.argv[2] as Network, log, (message) => {
    if (process.connected) process.send!(message)
  })
  await stopped
  canary.close()
})
