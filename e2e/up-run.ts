import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { identify, type ProcessIdentity } from '@headframe/local/process-identity'
import { expect } from '@playwright/test'

const UP = fileURLToPath(new URL('../scripts/up.mjs', import.meta.url))
const READY = 'Ctrl-C stops everything.'
/** Shared, solo and FPPS, side by side. */
export const STRATUM_PORTS = 3
const START_TIMEOUT_MS = 180_000

/** One run of `npm run up`, and what it has printed. */
export class UpRun {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  output = ''

  /** `environment` names what is there already and need not be started, such as BITCOIND_URLS. */
  constructor(options: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [UP, ...options], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.exited = new Promise((resolve) => this.child.once('exit', resolve))
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    }
  }

  says(text: string, timeoutMs = START_TIMEOUT_MS): Promise<void> {
    return expect.poll(() => this.output, { timeout: timeoutMs }).toContain(text)
  }

  /** Resolves when the panel is there; throws with what was printed when it ends before. */
  async isReady(): Promise<void> {
    const ended = this.exited.then((code) => {
      throw new Error(`npm run up ended with ${String(code)}:\n${this.output}`)
    })
    await Promise.race([this.says(READY), ended])
  }

  /** Ends it as nothing else can, and names what has to follow it. */
  kill(): ProcessIdentity[] {
    const processes = this.descendants()
    this.child.kill('SIGKILL')
    return processes
  }

  /** Everything it has started, and what those have, and so on. */
  descendants(): ProcessIdentity[] {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const parent = parentOf(Number(name))
      if (parent !== undefined) parents.set(Number(name), parent)
    }
    const isBelow = (pid: number): boolean => {
      const parent = parents.get(pid)
      return parent !== undefined && (parent === this.child.pid || isBelow(parent))
    }
    return [...parents.keys()].filter(isBelow).flatMap((pid) => identify(pid) ?? [])
  }
}

/** An empty data folder. */
export async function newDataDirectory(): Promise<string> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'headframe-e2e-'))
  // Postgres runs as another user when this is root.
  await chmod(dataDirectory, 0o711)
  return dataDirectory
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
