import { parseArgs } from 'node:util'
import { YEAR, type SeedSize } from './seed-size.js'

export const SEED_USAGE = `Fills an EMPTY database with the made-up record of a pool that has never been, for benchmarks and for looking at pages.
Its dashboard says that everything is synthetic. Refused where NODE_ENV is production, where a pool has written
anything, and for mainnet.

  DATABASE_URL=postgres://... npm run seed [-- options]

  --miners N    (default: ${YEAR.miners})
  --workers N   at least as many (default: ${YEAR.workers})
  --days N      of record (default: ${YEAR.days})
  --seed N      another one makes up another pool (default: ${YEAR.seed})
  --help        this text
`

export type SeedCommand =
  | { readonly kind: 'seed'; readonly size: SeedSize }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseSeedCommand(args: readonly string[]): SeedCommand {
  try {
    const number = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: {
        miners: number,
        workers: number,
        days: number,
        seed: number,
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return { kind: 'help' }
    const size = {
      miners: read('--miners', values.miners, YEAR.miners, 100_000),
      workers: read('--workers', values.workers, YEAR.workers, 1_000_000),
      days: read('--days', values.days, YEAR.days, 3_650),
      seed: read('--seed', values.seed, YEAR.seed, 1_000_000),
    }
    if (size.workers < size.miners) throw new Error('--workers takes at least as many as --miners')
    return { kind: 'seed', size }
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) }
  }
}

function read(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > most) throw new Error(`${name} takes a number from 1 to ${most}`)
  return number
}
