import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AptFolders, type Suite } from './apt-folders.js'
import { searchPath } from './env.js'
import { findProgram } from './find-program.js'
import { acquireLock, isHeld, type InstanceLock } from './instance-lock.js'
import { LocalError } from './local-error.js'
import { runTool } from './run-tool.js'
import type { Starting } from './starting.js'

export interface DebianPackage {
  /** The folder it is cached under, and the word for it in messages. */
  readonly name: string
  readonly suite: Suite
  /** The packages whose own files are wanted; their libraries come with them. */
  readonly packages: readonly string[]
  /** The program's path inside the unpacked tree. */
  readonly program: string
}

/** How to execute something: a command and the arguments that go before its own. */
export interface Program {
  readonly command: string
  readonly args: readonly string[]
}

const UNPACK_TIMEOUT_MS = 60_000
/** Another process may be downloading the same package over a slow line. */
const LOCK_TIMEOUT_MS = 10 * 60_000
const LOCK_POLL_MS = 200

/** Debian's name of the architecture's library folder, and of its dynamic loader. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, { triplet: string; loader: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/** The unpacked program, run by the loader and the libraries that were unpacked with it; undefined if not whole. */
function unpackedProgram(root: string, program: string): Program | undefined {
  const architecture = ARCHITECTURES[process.arch]
  if (architecture === undefined) return undefined
  const folders = ['usr/lib', 'lib']
    .map((folder) => join(root, folder, architecture.triplet))
    .filter(existsSync)
  const loader = folders.map((folder) => join(folder, architecture.loader)).find(existsSync)
  const file = join(root, program)
  if (loader === undefined || !existsSync(file)) return undefined
  // The machine's library cache names libraries of another release: they must not be mixed in.
  return { command: loader, args: ['--inhibit-cache', '--library-path', folders.join(':'), file] }
}

async function lockPackage(path: string, name: string, starting: Starting): Promise<InstanceLock> {
  const deadline = performance.now() + LOCK_TIMEOUT_MS
  let said = false
  for (;;) {
    const lock = acquireLock(path)
    if (!isHeld(lock)) return lock
    if (!said) starting.onProgress?.(`process ${String(lock.heldByPid)} is unpacking ${name}; waiting for it`)
    said = true
    if (performance.now() > deadline) {
      throw new LocalError('timed-out', `process ${String(lock.heldByPid)} still unpacks ${name}`)
    }
    starting.signal?.throwIfAborted()
    await sleep(LOCK_POLL_MS)
  }
}

/** Downloads and unpacks below `draft`, and returns the tree's root there. */
async function unpackInto(draft: string, wanted: DebianPackage, starting: Starting): Promise<string> {
  const root = join(draft, 'root')
  const files = join(draft, 'files')
  mkdirSync(root, { recursive: true })
  mkdirSync(files)
  starting.onProgress?.(`fetching the list of packages for ${wanted.name}`)
  const apt = await AptFolders.create(join(draft, 'apt'), wanted.suite, starting.signal)
  const closure = await apt.closure(wanted.packages)
  // Of what it depends on only the libraries are needed: it is run, not installed.
  const needed = closure.filter((name) => wanted.packages.includes(name) || name.startsWith('lib'))
  starting.onProgress?.(`downloading ${wanted.name} (${String(needed.length)} packages)`)
  await apt.download(needed, files)
  for (const file of readdirSync(files)) {
    const unpacked = await runTool('dpkg-deb', ['-x', join(files, file), root], {
      timeoutMs: UNPACK_TIMEOUT_MS,
    })
    if (unpacked.code !== 0) throw new LocalError('cannot-install', `dpkg-deb: ${unpacked.stderr}`)
  }
  return root
}

/**
 * A program of the distribution, unpacked (not installed) below `directory` unless it is there already. Works
 * as root and as an ordinary user, touches nothing of the system's, and depends on nothing that it has.
 * @throws LocalError `cannot-install` when the machine has no apt or its archive lacks the package
 */
export async function unpackDebianPackage(
  wanted: DebianPackage,
  directory: string,
  starting: Starting = {},
): Promise<Program> {
  const home = join(directory, wanted.name)
  const cached = unpackedProgram(home, wanted.program)
  if (cached !== undefined) return cached
  if (
    findProgram(['apt-get'], searchPath()) === undefined ||
    findProgram(['dpkg-deb'], searchPath()) === undefined
  ) {
    throw new LocalError('cannot-install', `${wanted.name} cannot be unpacked: this machine has no apt`)
  }
  mkdirSync(directory, { recursive: true })
  const lock = await lockPackage(join(directory, `${wanted.name}.lock`), wanted.name, starting)
  const draft = join(directory, `${wanted.name}.unpacking`)
  try {
    if (!existsSync(home)) {
      rmSync(draft, { recursive: true, force: true })
      const root = await unpackInto(draft, wanted, starting)
      if (unpackedProgram(root, wanted.program) === undefined) {
        throw new LocalError('cannot-install', `${wanted.name} has no ${wanted.program} for ${process.arch}`)
      }
      renameSync(root, home)
    }
  } finally {
    rmSync(draft, { recursive: true, force: true })
    lock.release()
  }
  const program = unpackedProgram(home, wanted.program)
  if (program === undefined)
    throw new LocalError('cannot-install', `${home} is not whole: remove it and start again`)
  return program
}
