import { spawn } from 'node:child_process'
import { toolEnvironment } from './env.js'

export interface ToolResult {
  /** null when it was ended by a signal or could not be executed. */
  readonly code: number | null
  readonly stdout: string
  /** The last part of what it said on stderr. */
  readonly stderr: string
}

export interface ToolOptions {
  readonly cwd?: string
  readonly timeoutMs: number
  readonly uid?: number
  readonly gid?: number
  readonly signal?: AbortSignal | undefined
}

const MAX_STDERR_CHARACTERS = 8192

/** Runs a program to its end. A program that cannot be executed is a result as well: code null. */
export function runTool(command: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_STDERR_CHARACTERS)
    })
    child.once('error', (error) => resolve({ code: null, stdout, stderr: error.message }))
    child.once('close', (code) => resolve({ code, stdout, stderr: stderr.trim() }))
  })
}
