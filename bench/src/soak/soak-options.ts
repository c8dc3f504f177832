import { parseArgs } from 'node:util'

export interface SoakOptions {
  readonly minutes: number
  readonly miners: number
  readonly tipEverySeconds: number
  /** How often one of the nodes is stopped for a while; 0: never. */
  readonly restartEverySeconds: number
  readonly seed: number
}

export const USAGE = `Lets a pool live through what real ones do, for a long time: two nodes that come and go, a new tip every other
second from a miner of the pool or from elsewhere, late blocks, and miners who must never work on an old tip.

  npm run soak -- [options]

  --minutes N         how long (default: 30)
  --miners N          (default: 500)
  --tip-every N       seconds between two tips (default: 2)
  --restart-every N   seconds between two restarts of a node, about; 0 for none (default: 40)
  --seed N            where chance begins (default: 1)
  --help              this text

Exit codes: 0 all held, 1 something did not, 2 wrong arguments.
`

/** Reads the arguments behind the program's name; throws an Error for a person. */
export function parseSoakOptions(args: readonly string[]): SoakOptions | 'help' {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: text('30'),
      miners: text('500'),
      'tip-every': text('2'),
      'restart-every': text('40'),
      seed: text('1'),
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    minutes: numberOf('minutes', values.minutes, 0.1, 100_000),
    miners: numberOf('miners', values.miners, 1, 10_000),
    tipEverySeconds: numberOf('tip-every', values['tip-every'], 0.1, 3_600),
    restartEverySeconds: numberOf('restart-every', values['restart-every'], 0, 86_400),
    seed: numberOf('seed', values.seed, 0, 2 ** 31),
  }
}

function numberOf(name: string, text: string, lowest: number, highest: number): number {
  const number = Number(text)
  if (text !== '' && number >= lowest && number <= highest) return number
  throw new Error(`--${name} takes a number from ${lowest} to ${highest}, not "${text}"`)
}
