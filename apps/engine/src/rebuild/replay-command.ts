import { parseArgs } from 'node:util'
import type { Comparison } from '@headframe/db/replay/compare-rows'
import { textTable } from '../text-table.js'

export const USAGE = `Rebuilds what a pool has worked out, from what it was worked out from.

  replay             ledger, rollups and balances again, out of the journal, on an empty database, and compares them
                     with those there are; ends with 1 when a row differs. The pool may run meanwhile
         --into URL  an empty database of yours, which stays; otherwise one is made beside the pool's, and removed
         --journal FOLDER
                     copies of segments whose bytes were pruned, laid out as DATA_DIR/journal
  replay rollups     the rollups of the pool's database, in their place
`

/** What the arguments ask for. `problem` is for a person. */
export type ReplayCommand =
  | { readonly kind: 'help' | 'rollups' }
  | { readonly kind: 'compare'; readonly into: string | undefined; readonly journal: string | undefined }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseReplayCommand(args: readonly string[]): ReplayCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        into: { type: 'string' },
        journal: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const { into, journal, help } = values
    if (help) return { kind: 'help' }
    if (positionals.length === 0) return { kind: 'compare', into, journal }
    const isAlone = positionals.length === 1 && into === undefined && journal === undefined
    if (isAlone && positionals[0] === 'rollups') return { kind: 'rollups' }
    throw new Error(`"${args.join(' ')}" is not understood.`)
  } catch (error) {
    return { kind: 'problem', problem: `${(error as Error).message}\n\n${USAGE}` }
  }
}

const DIGEST_DIGITS = 16

/** What was compared, and the first difference of each that differs. */
export function formatComparisons(comparisons: readonly Comparison[]): string {
  const table = textTable(
    ['WHAT', 'ROWS', 'REBUILT', 'SHA-256', 'OF REBUILT', ''],
    comparisons.map(({ what, live, rebuilt, firstDifference }) => [
      what,
      String(live.rows),
      String(rebuilt.rows),
      live.digest.slice(0, DIGEST_DIGITS),
      rebuilt.digest.slice(0, DIGEST_DIGITS),
      firstDifference === undefined ? 'the same' : 'DIFFERS',
    ]),
  )
  const differences = comparisons.flatMap(({ what, firstDifference: first }) =>
    first === undefined
      ? []
      : [
          `${what}, row ${first.row}:\n  live     ${first.live ?? 'none'}\n  rebuilt  ${first.rebuilt ?? 'none'}`,
        ],
  )
  return [table, ...differences].join('\n\n')
}
