import { loadEngineOptions } from './env.js'
import { createLog } from './log.js'
import { tellFppsRisk } from './payout/fpps-risk.js'
import { exitOnFault, onStopSignal } from './processes/stop-signal.js'
import { ControlPlane } from './tasks/control-plane.js'

/** `npm run settle`: the control plane. Rollups, block watch, settlement and pruning. */
await exitOnFault(async () => {
  const options = loadEngineOptions()
  const log = createLog({ level: options.LOG_LEVEL, name: 'settle' })
  tellFppsRisk(options, log)
  const stopping = new AbortController()
  const stopped = onStopSignal()
  void stopped.then(() => stopping.abort())
  const plane = await ControlPlane.start(options, log, stopping.signal)
  await stopped
  await plane.close()
  log.info('closed')
})
