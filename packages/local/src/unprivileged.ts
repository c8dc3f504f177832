import { chownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LocalError } from './local-error.js'
import { runTool } from './run-tool.js'
import type { Program } from './debian-package.js'

/** How to run a program that refuses to be root. */
export interface Unprivileged {
  readonly prefix: Program | undefined
  readonly uid?: number
  readonly gid?: number
}

/** User and group `nobody`, by number: no user has to be created. */
const NOBODY = 65534
const PROBE_TIMEOUT_MS = 10_000

/** Gives a tree to an owner, unless it is his: a data folder may have been made in another way of running. */
function giveTo(owner: number, path: string): void {
  const stat = lstatSync(path)
  if (stat.isDirectory()) for (const entry of readdirSync(path)) giveTo(owner, join(path, entry))
  if (stat.uid !== owner) chownSync(path, owner, owner)
}

async function canRun(way: Unprivileged, program: string, directory: string): Promise<boolean> {
  const script = 'test -w "$2" && exec "$1" --version'
  const { command, args } = way.prefix ?? { command: '/bin/sh', args: [] }
  const shell = way.prefix === undefined ? [] : ['/bin/sh']
  const identity = way.uid === undefined ? {} : { uid: NOBODY, gid: NOBODY }
  const options = { timeoutMs: PROBE_TIMEOUT_MS, cwd: '/', ...identity }
  const tried = await runTool(
    command,
    [...args, ...shell, '-c', script, 'probe', program, directory],
    options,
  )
  return tried.code === 0
}

/**
 * Finds a way to run `program` on `directory` without being root. An ordinary user runs it as he is. Root runs
 * it as nobody, or, where nobody cannot reach the files (below /root, say), inside a user namespace in which
 * root is nobody. Gives the directory to whom it must belong.
 * @throws LocalError `not-reachable` when neither works
 */
export async function runUnprivileged(program: string, directory: string): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return { prefix: undefined }
  const asNobody: Unprivileged = { prefix: undefined, uid: NOBODY, gid: NOBODY }
  giveTo(NOBODY, directory)
  if (await canRun(asNobody, program, directory)) return asNobody
  const inNamespace: Unprivileged = { prefix: { command: 'unshare', args: ['--user', '--'] } }
  giveTo(0, directory)
  if (await canRun(inNamespace, program, directory)) return inNamespace
  throw new LocalError(
    'not-reachable',
    `Postgres may not run as root, and the user nobody can reach ${program} or ${directory} in no way`,
    'Run as an ordinary user, or keep the repository and its data outside of /root (--data DIR).',
  )
}
