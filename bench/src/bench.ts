import { writeFileSync } from 'node:fs'
import { BENCHMARKS } from './benchmarks.js'
import { compare } from './compare/compare.js'
import { formatComparison } from './compare/format-comparison.js'
import { formatCommit, formatMachine } from './machine.js'
import { parseBenchCommand, USAGE, type CompareOptions, type RunOptions } from './options.js'
import { formatReport } from './report.js'
import { runBenchmarks } from './run.js'

/** `npm run bench`: the figures that docs/performance.md explains. */
const names = [...BENCHMARKS.keys()]
const command = parseBenchCommand(process.argv.slice(2), names)
try {
  process.exitCode = await carryOut()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** Returns the exit code. */
async function carryOut(): Promise<number> {
  if (command.kind === 'run') return run(command.options)
  if (command.kind === 'compare') return runCompare(command.options)
  if (command.kind === 'problem') {
    console.error(`${command.problem}\n\n${USAGE}`)
    return 2
  }
  console.log(command.kind === 'list' ? names.join('\n') : USAGE)
  return 0
}

async function run(options: RunOptions): Promise<number> {
  const report = await runBenchmarks(options)
  const { machine, commit, isQuick, rows, failures } = report
  const quick = isQuick ? '\nquick: a tenth of the miners, which measures little' : ''
  const head = `${formatMachine(machine)}\ncommit ${formatCommit(commit)}${quick}`
  print(options.json, report, `${head}\n\n${formatReport(rows)}`)
  for (const { benchmark, message } of failures) console.error(`${benchmark} failed: ${message}`)
  return failures.length === 0 ? 0 : 1
}

async function runCompare(options: CompareOptions): Promise<number> {
  const comparison = await compare(options)
  print(options.json, comparison, formatComparison(comparison))
  return 0
}

function print(json: string | undefined, value: unknown, text: string): void {
  const document = JSON.stringify(value, null, 2)
  console.log(json === '-' ? document : text)
  if (json !== undefined && json !== '-') writeFileSync(json, `${document}\n`)
}
