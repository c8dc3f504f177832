import { parseArgs } from 'node:util'

export interface RunOptions {
  /** Benchmarks; empty means all. */
  readonly names: readonly string[]
  /** A tenth of the miners and shares: to see that everything works, not to measure. */
  readonly isQuick: boolean
  /** Where the JSON goes: a file, or `-` for standard output; undefined when none is wanted. */
  readonly json: string | undefined
  /** Where made-up databases stay for the next run; undefined when they do not. */
  readonly seedsFolder: string | undefined
}

export interface CompareOptions extends RunOptions {
  /** The commit to compare with, in any form that git takes. */
  readonly revision: string
  /** How often each side runs. */
  readonly rounds: number
}

/** What the arguments ask for. `problem` is for a person. */
export type BenchCommand =
  | { readonly kind: 'run'; readonly options: RunOptions }
  | { readonly kind: 'compare'; readonly options: CompareOptions }
  | { readonly kind: 'list' | 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

const DEFAULT_ROUNDS = 3
const MAX_ROUNDS = 100

export const USAGE = `Measures the pool on this machine, with real sockets, a real node and real disks.

  npm run bench [-- NAME...] [options]

  NAME...         only these benchmarks (default: all)
  --list          names the benchmarks
  --json FILE     writes the figures to a file too, or with "-" to standard output instead of the table
  --compare REV   runs the same benchmarks here and at another commit, in turns, and shows before and after
  --rounds N      how often each side of a comparison runs (default: ${DEFAULT_ROUNDS})
  --seeds FOLDER  keeps the made-up databases of the web's benchmarks there (17 GB), and takes those that it finds
  --quick         a tenth of the miners and shares: to see that everything works, not to measure
  --help          this text
`

/** Reads the arguments behind the program's name; `known` are the benchmarks there are. */
export function parseBenchCommand(args: readonly string[], known: readonly string[]): BenchCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        json: { type: 'string' },
        seeds: { type: 'string' },
        compare: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { kind: 'help' }
    if (values.list) return { kind: 'list' }
    const options = {
      names: readNames(positionals, known),
      isQuick: values.quick,
      json: values.json,
      seedsFolder: values.seeds,
    }
    if (values.compare === undefined) {
      if (values.rounds !== undefined) throw new Error('--rounds goes with --compare')
      return { kind: 'run', options }
    }
    if (values.seeds !== undefined)
      throw new Error('--seeds does not go with --compare: both sides would need the same tables')
    const rounds = readRounds(values.rounds ?? String(DEFAULT_ROUNDS))
    return { kind: 'compare', options: { ...options, revision: values.compare, rounds } }
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) }
  }
}

function readNames(names: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return names
  throw new Error(`There is no benchmark "${unknown}"; there are ${known.join(', ')}.`)
}

function readRounds(text: string): number {
  const rounds = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (rounds < 1 || rounds > MAX_ROUNDS) throw new Error(`--rounds takes a number from 1 to ${MAX_ROUNDS}`)
  return rounds
}
