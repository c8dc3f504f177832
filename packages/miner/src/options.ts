import { parseArgs } from 'node:util'
import { parseHashrate } from './hashrate-text.js'
import { parseStratumUrl, type StratumEndpoint } from './stratum-url.js'

export interface MineOptions {
  readonly endpoint: StratumEndpoint
  readonly username: string
  readonly password: string
  readonly threads: number
  /** Hashes a second; Infinity when not bounded. */
  readonly maxHashrate: number
}

const MAX_THREADS = 256

export const USAGE = `Mines Bitcoin on the CPU, over Stratum.

  mine --url stratum+tcp://HOST:PORT --user ADDRESS[.WORKER] [options]

  --url URL         where the pool listens
  --user NAME       your Bitcoin address, and a name for this worker
  --password TEXT   what the pool asks for, "x" if it asks for nothing (default: x)
  --threads N       hashing threads (default: 1)
  --hashrate RATE   at most so many hashes a second, such as 20k or 1.5M (default: no bound)
  --help            this text
`

/** What the arguments ask for: mining, the help text, or nothing sensible. `problem` is for a person. */
export type MineCommand =
  | { readonly kind: 'mine'; readonly options: MineOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseCommand(args: readonly string[]): MineCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        user: { type: 'string' },
        password: { type: 'string', default: 'x' },
        threads: { type: 'string', default: '1' },
        hashrate: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { kind: 'help' }
    return {
      kind: 'mine',
      options: {
        endpoint: readUrl(values.url),
        username: readUser(values.user),
        password: values.password,
        threads: readThreads(values.threads),
        maxHashrate: readHashrate(values.hashrate),
      },
    }
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) }
  }
}

function readUrl(text: string | undefined): StratumEndpoint {
  if (text === undefined) throw new Error('--url is missing: where does the pool listen?')
  try {
    return parseStratumUrl(text)
  } catch (error) {
    throw new Error(`--url: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function readUser(text: string | undefined): string {
  if (text === undefined || text.trim() === '') throw new Error('--user is missing: your Bitcoin address')
  return text
}

function readThreads(text: string): number {
  const threads = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (threads < 1 || threads > MAX_THREADS)
    throw new Error(`--threads: "${text}" is not from 1 to ${MAX_THREADS}`)
  return threads
}

function readHashrate(text: string | undefined): number {
  if (text === undefined) return Infinity
  const hashrate = parseHashrate(text)
  if (hashrate === undefined) throw new Error(`--hashrate: "${text}" is not a rate such as 20k or 1.5M`)
  return hashrate
}
