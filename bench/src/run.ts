import { fileURLToPath } from 'node:url'
import { BENCHMARKS } from './benchmarks.js'
import { describeCommit, describeMachine, type Commit, type Machine } from './machine.js'
import type { ReportRow } from './report.js'
import type { RunOptions } from './options.js'

/** A benchmark that came to no figures. */
export interface Failure {
  readonly benchmark: string
  readonly message: string
}

/** All there is to know of one run: what `--json` writes. */
export interface Report {
  readonly machine: Machine
  readonly commit: Commit
  readonly startedAt: string
  readonly isQuick: boolean
  readonly rows: readonly ReportRow[]
  readonly failures: readonly Failure[]
}

export const repositoryFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Runs the benchmarks one after the other; one that fails does not keep the others from running. */
export async function runBenchmarks({ names, isQuick, seedsFolder }: RunOptions): Promise<Report> {
  const machine = describeMachine()
  const rows: ReportRow[] = []
  const failures: Failure[] = []
  const startedAt = new Date().toISOString()
  for (const [benchmark, run] of BENCHMARKS) {
    if (names.length > 0 && !names.includes(benchmark)) continue
    console.error(`  ${benchmark} ...`)
    try {
      for (const row of await run({ isQuick, seedsFolder })) rows.push({ benchmark, ...row })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      console.error(`  ${benchmark} failed: ${message}`)
      failures.push({ benchmark, message })
    }
  }
  return { machine, commit: describeCommit(repositoryFolder), startedAt, isQuick, rows, failures }
}
