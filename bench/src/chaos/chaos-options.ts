import { parseArgs } from 'node:util'

export interface ChaosOptions {
  /** How often the process that pays is killed. */
  readonly runs: number
  readonly seed: number
}

export const USAGE = `Pays miners from a real node's wallet while the process that does it is killed at random points, blocks come and go,
fees are raised, the node forgets, the wallet is restored and its coins are spent elsewhere. In the end everybody has
to have what he was owed, once, and nothing may be under way.

  npm run chaos:payouts -- [options]

  --runs N    kills (default: 100)
  --seed N    where chance begins (default: 1); when exactly a kill comes is a matter of the machine all the same
  --help      this text

Exit codes: 0 all held, 1 something did not, 2 wrong arguments.
`

/** Reads the arguments behind the program's name; throws an Error for a person. */
export function parseChaosOptions(args: readonly string[]): ChaosOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    runs: wholeNumber('runs', values.runs, 1, 1_000_000),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 31),
  }
}

function wholeNumber(name: string, text: string, lowest: number, highest: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= lowest && number <= highest) return number
  throw new Error(`--${name} takes a whole number from ${lowest} to ${highest}, not "${text}"`)
}
