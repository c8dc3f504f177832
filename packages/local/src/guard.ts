import { spawn } from 'node:child_process'
import { Socket } from 'node:net'

/**
 * A child must not outlive its parent, and Node cannot ask the kernel for that. So each child gets a small
 * shell that reads from a pipe only the parent holds: end of file means that the parent is gone, even by
 * SIGKILL. The shell then does what the parent would have done: the polite signal, a grace, SIGKILL to the group.
 */
const SCRIPT = `
read -r _
kill -s "$2" "$1" 2>/dev/null
waited=0
while kill -s 0 -- "-$1" 2>/dev/null && [ "$waited" -lt "$3" ]; do
  sleep 1
  waited=$((waited + 1))
done
kill -s KILL -- "-$1" 2>/dev/null
`

/**
 * Watches over the process group that `pid` leads, until `stop` is called or this process ends. Its own
 * session keeps a Ctrl-C in the terminal, or the terminal's end, from reaching it.
 */
export function guardGroup(pid: number, signal: NodeJS.Signals, graceSeconds: number): { stop(): void } {
  const args = ['-c', SCRIPT, 'headframe-guard', String(pid), signal.replace('SIG', ''), String(graceSeconds)]
  const shell = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  // Without the guard only a kill -9 of the parent is not covered: worth going on, not worth a crash.
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  if (shell.stdin instanceof Socket) shell.stdin.unref()
  return { stop: () => void shell.kill('SIGKILL') }
}
