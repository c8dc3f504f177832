import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** What the figures depend on, and nothing that names the machine. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  /** Whether the processor has instructions for SHA-256. */
  readonly hasShaInstructions: boolean
  readonly memoryBytes: number
  readonly kernel: string
  readonly node: string
  /** Over the minute before the benchmarks began: what else the machine was busy with. */
  readonly loadAverage: number
}

export interface Commit {
  readonly hash: string
  /** Whether files differ from those of the commit. */
  readonly isDirty: boolean
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    hasShaInstructions: hasShaInstructions(readFileSync('/proc/cpuinfo', 'utf8')),
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    loadAverage: loadavg()[0]!,
  }
}

/** x86-64 calls them `sha_ni`, ARM64 `sha2` (both in /proc/cpuinfo). */
export function hasShaInstructions(cpuinfo: string): boolean {
  return /^(?:flags|Features)\s*:.*\b(?:sha_ni|sha2)\b/m.test(cpuinfo)
}

/** The commit that is checked out in a folder; `unknown` where there is no git. */
export function describeCommit(folder: string): Commit {
  const git = (...args: string[]): string => {
    const { status, stdout } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' })
    return status === 0 ? stdout.trim() : ''
  }
  const hash = git('rev-parse', 'HEAD')
  return { hash: hash === '' ? 'unknown' : hash, isDirty: git('status', '--porcelain') !== '' }
}

/** One line. */
export function formatMachine(machine: Machine): string {
  const { cpu, cores, hasShaInstructions: hasSha, memoryBytes, kernel, node, loadAverage } = machine
  const gibibytes = Math.round(memoryBytes / 2 ** 30)
  const sha = hasSha ? 'with' : 'without'
  return `${cpu}, ${cores} cores, ${sha} SHA instructions, ${gibibytes} GiB, Linux ${kernel}, Node ${node}, load ${loadAverage.toFixed(2)}`
}

export function formatCommit({ hash, isDirty }: Commit): string {
  return `${hash.slice(0, 12)}${isDirty ? ' with changes' : ''}`
}
