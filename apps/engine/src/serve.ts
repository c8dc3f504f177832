import cluster from 'node:cluster'
import { loadEngineOptions } from './env.js'
import { createLog } from './log.js'
import { tellFppsRisk } from './payout/fpps-risk.js'
import { Primary } from './processes/primary.js'
import { runStratumWorker } from './processes/run-stratum-worker.js'
import { exitOnFault, onStopSignal } from './processes/stop-signal.js'

/** `npm run serve`: the data plane. The same program is the primary and, started by it, each stratum process. */
if (cluster.isPrimary) {
  await exitOnFault(async () => {
    const options = loadEngineOptions()
    const log = createLog({ level: options.LOG_LEVEL, name: 'primary' })
    tellFppsRisk(options, log)
    const stopping = new AbortController()
    const stopped = onStopSignal()
    void stopped.then(() => stopping.abort())
    const primary = await Primary.start(options, log, stopping.signal).catch((error: unknown) => {
      // Told to stop while it was waiting for the node.
      if (stopping.signal.aborted) return undefined
      throw error
    })
    await stopped
    await primary?.close()
    log.info('closed')
  })
} else {
  await exitOnFault(() => runStratumWorker(loadEngineOptions()))
}
