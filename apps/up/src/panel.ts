import type { UpOptions } from './options.js'
import type { FolderState } from './data-folder.js'
import { hasFppsReserve } from './env.js'
import { authority, reachableHost } from './probe.js'

/** The lines that say where everything is, once it runs. */
export function panel(options: UpOptions, { chain, addresses }: FolderState, isMining: boolean): string[] {
  const { host, webPort, stratumPort, dataDirectory } = options
  const at = (port: number): string => authority(reachableHost(host), port)
  const url = `stratum+tcp://${at(stratumPort)}`
  const fpps = hasFppsReserve() ? `, stratum+tcp://${at(stratumPort + 2)} (FPPS)` : ''
  const address = addresses?.guest ?? 'ADDRESS'
  return [
    '',
    `Headframe runs on ${chain}.`,
    '',
    `Dashboard     http://${at(webPort)}/`,
    `Stratum       ${url} (shared), stratum+tcp://${at(stratumPort + 1)} (solo)${fpps}`,
    `Your miner    that URL; user: a Bitcoin address of this chain, a dot, any name; password: x`,
    `              npm run mine -- --url ${url} --user ${address}.rig1`,
    `Demo miners   ${isMining ? 'two, slow on purpose; --no-miner leaves them out' : 'none'}`,
    `Data, logs    ${dataDirectory}, and logs/ in it`,
    '',
    'Ctrl-C stops everything.',
    '',
  ]
}
