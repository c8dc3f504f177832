import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { guardGroup } from './guard.js'
import { LocalError } from './local-error.js'
import { logTail, trimLog } from './log-file.js'
import { identify, isRunning, parseIdentity } from './process-identity.js'

export interface ChildOptions {
  /** For messages: "Redis", "the web server". */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly uid?: number
  readonly gid?: number
  /** Everything the child prints is appended here. */
  readonly logFile: string
  /** Names the running child, so that a second start on the same data is noticed. */
  readonly pidFile?: string
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals
  /** How long the polite signal may take before SIGKILL; default 20 s. */
  readonly stopTimeoutMs?: number
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** How long the rest of a process group may outlive its leader. */
const GROUP_GRACE_MS = 5_000
const DEFAULT_STOP_TIMEOUT_MS = 20_000
/** How long a child of an instance that was killed may still need to close down. */
const LEFTOVER_TIMEOUT_MS = 30_000
const POLL_MS = 25

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A running program that leads its own process group, writes to a log and ends with this process. */
export class Child {
  readonly pid: number
  readonly name: string
  readonly logFile: string
  /** Settles when the program itself has ended. */
  readonly exited: Promise<Exit>
  readonly #options: ChildOptions
  /** Settles when nothing of its process group is left. */
  readonly #gone: Promise<void>
  #exit: Exit | undefined

  constructor(process: ChildProcess, pid: number, options: ChildOptions) {
    this.pid = pid
    this.name = options.name
    this.logFile = options.logFile
    this.#options = options
    const stopTimeoutMs = options.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS
    const guard = guardGroup(pid, options.stopSignal ?? 'SIGTERM', Math.ceil(stopTimeoutMs / 1000))
    this.exited = new Promise((resolve) => {
      process.once('exit', (code, signal) => {
        this.#exit = { code, signal }
        resolve(this.#exit)
      })
    })
    this.#gone = this.exited.then(async () => {
      await this.#endGroup()
      guard.stop()
      if (options.pidFile !== undefined) rmSync(options.pidFile, { force: true })
    })
  }

  hasExited(): boolean {
    return this.#exit !== undefined
  }

  /** The last lines of the log with a line that says where they are from. */
  quotedLog(): string {
    const tail = logTail(this.logFile)
    return tail === '' ? `Its log is empty: ${this.logFile}` : `The end of ${this.logFile}:\n${tail}`
  }

  /** Why the child ended, for a child that should have gone on. */
  failure(): LocalError {
    const { code, signal } = this.#exit ?? { code: null, signal: null }
    const how = signal === null ? `ended with exit code ${String(code)}` : `was ended by ${signal}`
    return new LocalError('child-failed', `${this.name} ${how}`, this.quotedLog())
  }

  /** Sends any signal to the program alone; false when it has ended. */
  signal(signal: NodeJS.Signals): boolean {
    return !this.hasExited() && process.kill(this.pid, signal)
  }

  /** The polite signal, its grace, then SIGKILL for the group. Resolves when nothing of it is left. */
  async stop(): Promise<void> {
    if (this.signal(this.#options.stopSignal ?? 'SIGTERM')) {
      const timeoutMs = this.#options.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS
      const abort = new AbortController()
      const late = sleep(timeoutMs, undefined, { signal: abort.signal }).then(
        () => signalGroup(this.pid, 'SIGKILL'),
        () => false,
      )
      await Promise.race([this.exited, late])
      abort.abort()
    }
    await this.#gone
  }

  /** SIGKILL for the whole group, at once. */
  async kill(): Promise<void> {
    signalGroup(this.pid, 'SIGKILL')
    await this.#gone
  }

  async #endGroup(): Promise<void> {
    const deadline = performance.now() + GROUP_GRACE_MS
    while (signalGroup(this.pid, 0)) {
      if (performance.now() > deadline) signalGroup(this.pid, 'SIGKILL')
      await sleep(POLL_MS)
    }
  }
}

/** Waits for the child of an earlier, killed instance; throws when it stays. */
async function waitForLeftover(options: ChildOptions, pidFile: string): Promise<void> {
  let text: string
  try {
    text = readFileSync(pidFile, 'utf8')
  } catch {
    return
  }
  const identity = parseIdentity(text)
  const deadline = performance.now() + LEFTOVER_TIMEOUT_MS
  while (identity !== undefined && isRunning(identity)) {
    if (performance.now() > deadline) {
      const message = `${options.name} already runs on this data (process ${String(identity.pid)})`
      throw new LocalError('already-running', message, 'Stop that process first, or use another data folder.')
    }
    await sleep(POLL_MS)
  }
}

/**
 * Starts a program in its own process group. Resolves when it has been executed, not when it is ready.
 * @throws LocalError `no-program` when it cannot be executed, `already-running` when its data is in use
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  if (options.pidFile !== undefined) await waitForLeftover(options, options.pidFile)
  mkdirSync(dirname(options.logFile), { recursive: true })
  trimLog(options.logFile)
  const log = openSync(options.logFile, 'a', 0o600)
  try {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
      stdio: ['ignore', log, log],
      detached: true,
    })
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    const pid = child.pid!
    if (options.pidFile !== undefined) writeFileSync(options.pidFile, JSON.stringify(identify(pid)))
    return new Child(child, pid, options)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new LocalError('no-program', `${options.name} cannot be started: ${reason}`)
  } finally {
    closeSync(log)
  }
}
