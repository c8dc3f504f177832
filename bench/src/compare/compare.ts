import { join } from 'node:path'
import { describeMachine, type Commit, type Machine } from '../machine.js'
import type { CompareOptions } from '../options.js'
import type { Report } from '../run.js'
import { repositoryFolder } from '../run.js'
import { compareRuns, type ComparedRow } from './compare-reports.js'
import { runProgram } from './run-program.js'
import { openWorktree } from './worktree.js'

/** What `--compare` finds out, and `--json` writes of it. */
export interface Comparison {
  readonly machine: Machine
  readonly before: Commit
  readonly after: Commit
  readonly rounds: number
  readonly isQuick: boolean
  readonly rows: readonly ComparedRow[]
}

/**
 * Runs the same benchmarks at another commit and here, in turns, so that what else the machine does meets both alike.
 * Each side is measured by its own benchmarks. Throws an Error for a person when a side cannot run.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { revision, rounds, isQuick } = options
  const machine = describeMachine()
  const worktree = await openWorktree(repositoryFolder, revision)
  try {
    const names = await commonNames(worktree.folder, options.names)
    const before: Report[] = []
    const after: Report[] = []
    const sides = [
      { folder: worktree.folder, reports: before, name: 'before' },
      { folder: repositoryFolder, reports: after, name: 'after' },
    ]
    for (let round = 0; round < rounds; round++) {
      // Whoever comes second finds the machine warmer, so the sides take turns in that too.
      for (const { folder, reports, name } of round % 2 === 0 ? sides : sides.toReversed()) {
        console.error(`  round ${round + 1} of ${rounds}, ${name}`)
        reports.push(await runAt(folder, names, isQuick))
      }
    }
    const rows = compareRuns(before.map(rowsOf), after.map(rowsOf))
    return { machine, before: before[0]!.commit, after: after[0]!.commit, rounds, isQuick, rows }
  } finally {
    worktree.remove()
  }
}

const rowsOf = ({ rows }: Report): Report['rows'] => rows

/** The wanted benchmarks, or all that both sides know. */
async function commonNames(folder: string, wanted: readonly string[]): Promise<readonly string[]> {
  const there = (await bench(folder, ['--list'])).trim().split('\n')
  const here = (await bench(repositoryFolder, ['--list'])).trim().split('\n')
  const unknown = wanted.find((name) => !there.includes(name))
  if (unknown !== undefined)
    throw new Error(`That commit has no benchmark "${unknown}"; it has ${there.join(', ')}.`)
  return wanted.length > 0 ? wanted : here.filter((name) => there.includes(name))
}

async function runAt(folder: string, names: readonly string[], isQuick: boolean): Promise<Report> {
  const quick = isQuick ? ['--quick'] : []
  return JSON.parse(await bench(folder, ['--json', '-', ...quick, ...names])) as Report
}

/** The standard output of the benchmarks of a folder. */
function bench(folder: string, args: readonly string[]): Promise<string> {
  const program = join(folder, 'bench', 'dist', 'bench.js')
  return runProgram(folder, [program, ...args], 'The benchmarks of one side failed; the reason is above.')
}
