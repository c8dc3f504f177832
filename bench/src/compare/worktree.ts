import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { constants } from 'node:os'
import { runProgram } from './run-program.js'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Another commit of the repository, checked out, installed and built in a folder of its own. */
export interface Worktree {
  readonly folder: string
  readonly commit: string
  remove(): void
}

/**
 * Checks a revision out inside `.headframe` of the repository, installs what it needs and builds its benchmarks. The
 * folder goes when it is removed, and when this process ends for any reason but SIGKILL. Throws an Error for a person.
 */
export async function openWorktree(repository: string, revision: string): Promise<Worktree> {
  const commit = findCommit(repository, revision)
  mkdirSync(join(repository, '.headframe', 'packages'), { recursive: true })
  const folder = mkdtempSync(join(repository, '.headframe', 'compare-'))
  const remove = removerOf(repository, folder)
  const isAdded = git(repository, 'worktree', 'add', '--quiet', '--detach', folder, commit) !== undefined
  if (!isAdded) throw new Error(`git cannot check "${revision}" out into a folder of its own.`)
  // Redis and the node are unpacked once for both.
  mkdirSync(join(folder, '.headframe'))
  symlinkSync(join(repository, '.headframe', 'packages'), join(folder, '.headframe', 'packages'))
  try {
    // With the commit's own scripts, as a person would who has checked it out.
    const ensure = [join('scripts', 'ensure.mjs'), '@headframe/bench']
    await runProgram(folder, ensure, 'That commit cannot be installed or built; the reason is above.')
  } catch (error) {
    remove()
    throw error
  }
  return { folder, commit, remove }
}

function findCommit(repository: string, revision: string): string {
  const commit = git(
    repository,
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  )
  if (commit === undefined) throw new Error(`There is no commit "${revision}" here.`)
  if (git(repository, 'grep', '--quiet', '-e', '--json', commit, '--', 'bench/src') === undefined) {
    throw new Error(
      `"${revision}" cannot be compared with: its benchmarks cannot write JSON (--json), which came with a later commit.`,
    )
  }
  return commit
}

/** What git prints; undefined when it says no. */
function git(repository: string, ...args: string[]): string | undefined {
  const { status, stdout, error } = spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' })
  if (error !== undefined) throw new Error(`git cannot be started: ${error.message}`)
  return status === 0 ? stdout.trim() : undefined
}

/** What removes the folder, and does so by itself when this process ends before. */
function removerOf(repository: string, folder: string): () => void {
  const leave = (signal: NodeJS.Signals): void => process.exit(128 + constants.signals[signal])
  const remove = (): void => {
    process.off('exit', remove)
    for (const signal of STOP_SIGNALS) process.off(signal, leave)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    git(repository, 'worktree', 'prune')
  }
  process.once('exit', remove)
  for (const signal of STOP_SIGNALS) process.once(signal, leave)
  return remove
}
