import type { Network } from '@headframe/core/chain/network'
import { loadEngineOptions } from './env.js'
import { createLog } from './log.js'
import { openShipperFeed } from './processes/shipper-feed.js'
import { startShipper } from './processes/shipper.js'
import { exitOnFault, onParentEnd } from './processes/stop-signal.js'

/** The shipper, a child of `serve`, which names the network: runs until it is told to stop or the primary is gone. */
await exitOnFault(async () => {
  const stopped = onParentEnd()
  const options = loadEngineOptions()
  const log = createLog({ level: options.LOG_LEVEL, name: 'shipper' })
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = options
  const shipper = startShipper({ dataDir, databaseUrl }, { log, nowMs: Date.now })
  const feed = openShipperFeed(options, process.argv[2] as Network, { shipper, log, nowMs: Date.now })
  await stopped
  await feed.close()
  await shipper.close()
})
