import { readFileSync } from 'node:fs'

/** Kernel ticks a second, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** User and system time that all threads of a process have used, ms (proc(5), fields 14 and 15 of stat). */
export function cpuTimeMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
}

export function cpuTimeOfAllMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuTimeMs(pid), 0)
}
