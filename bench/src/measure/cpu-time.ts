import { readFileSync } from 'node:fs'

/** Kernel ticks a second, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** User and system time that all threads of a process have used, ms (proc(5), fields 14 and 15 of stat). */
export function cpuTimeMs(pid: number): number {
  const [userMs, systemMs] = cpuTimesMs(pid)
  return userMs + systemMs
}

/** Of that, what was spent in the program itself, and not in system calls. */
export function userTimeMs(pid: number): number {
  return cpuTimesMs(pid)[0]
}

function cpuTimesMs(pid: number): readonly [userMs: number, systemMs: number] {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  const toMs = 1000 / TICKS_PER_SECOND
  return [Number(fields[11]) * toMs, Number(fields[12]) * toMs]
}

export function cpuTimeOfAllMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuTimeMs(pid), 0)
}
