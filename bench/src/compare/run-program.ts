import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/**
 * Runs a Node program in a folder, and gives what it writes to standard output; what it says on the other goes to
 * the terminal. It does not outlive this process. Throws `problem` when it fails.
 */
export async function runProgram(folder: string, args: readonly string[], problem: string): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = (): void => void child.kill()
  process.once('exit', stop)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [output, code] = await Promise.all([text(child.stdout), ended])
  process.off('exit', stop)
  if (code !== 0) throw new Error(problem)
  return output
}
