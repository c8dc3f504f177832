import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from './failure.mjs'
import { root } from './root.mjs'

/** As sysexits has it, and as shells expect of wrong arguments. */
export const USAGE_EXIT_CODE = 2

export const USAGE = `Runs a whole mining pool on this machine: database, Redis, Bitcoin node, pool, dashboard.

  npm run up -- [options]

  --data DIR         where everything is kept (default: .headframe in the repository)
  --web-port N       port of the dashboard (default: 3000)
  --stratum-port N   port for miners; the one above it is for solo mining (default: 3333)
  --host ADDRESS     the address both listen on; 0.0.0.0 lets other machines in (default: 127.0.0.1)
  --no-miner         do not mine: wait for miners from outside
  --help             this text

What is set in the environment is used instead of being started: DATABASE_URL, REDIS_URL, BITCOIND_URLS (with
POOL_ADDRESS). With FPPS_RESERVE_BTC, what is held for it, a third Stratum port pays by FPPS. A second start with the same DIR goes on with its data; several run side by side with a DIR and ports each. Ctrl-C stops everything, a second Ctrl-C at once.

Exit codes: 0 stopped as asked, 1 could not start or go on, 2 wrong arguments, 130 stopped at once.
`

const MAX_PORT = 65_535
/** Shared, solo, and FPPS where a reserve is declared. */
export const STRATUM_PORTS = 3

/** @typedef {{ dataDirectory: string, webPort: number, stratumPort: number, host: string, miner: boolean }} UpOptions */

const wrong = (message) => new Failure(`${message}\n\n${USAGE}`, USAGE_EXIT_CODE)

function readPort(name, text, highest) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > highest) throw wrong(`--${name} takes a number from 1 to ${highest}, not "${text}".`)
  return port
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        'web-port': { type: 'string', default: '3000' },
        'stratum-port': { type: 'string', default: '3333' },
        host: { type: 'string', default: '127.0.0.1' },
        'no-miner': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw wrong(error.message)
  }
}

/**
 * Reads the arguments behind the program's name.
 * @param {string[]} args
 * @param {string} callersFolder what a relative --data is relative to
 * @returns {UpOptions | 'help'}
 */
export function parseUpOptions(args, callersFolder) {
  const values = parse(args)
  if (values.help) return 'help'
  const webPort = readPort('web-port', values['web-port'], MAX_PORT)
  const stratumPort = readPort('stratum-port', values['stratum-port'], MAX_PORT - STRATUM_PORTS + 1)
  if (webPort >= stratumPort && webPort < stratumPort + STRATUM_PORTS) {
    throw wrong(
      `--web-port ${webPort} is one of the Stratum ports ${stratumPort} to ${stratumPort + STRATUM_PORTS - 1}.`,
    )
  }
  if (values.data === '') throw wrong('--data takes a folder.')
  if (values.host === '') throw wrong('--host takes an address.')
  const dataDirectory =
    values.data === undefined ? join(root, '.headframe') : resolve(callersFolder, values.data)
  return { dataDirectory, webPort, stratumPort, host: values.host, miner: !values['no-miner'] }
}
