import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const SETTLE_POLL_MS = 1_000
/** So many readings in a row within `SETTLED_SPREAD` of each other are called settled. */
const SETTLED_READINGS = 5
const SETTLED_SPREAD = 0.003
const SETTLE_TIMEOUT_MS = 40_000

/** What a process holds in RAM, bytes (proc(5), `Rss` of smaps_rollup); what the kernel holds for its sockets is not in it. */
export function residentBytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const kibibytes = /^Rss:\s+(\d+) kB$/m.exec(text)?.[1]
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no Rss`)
  return Number(kibibytes) * 1024
}

/** `residentBytes` once it has stopped moving, which is when garbage is collected; the last reading if it never does. */
export async function settledResidentBytes(pid: number): Promise<number> {
  const readings = [residentBytes(pid)]
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  while (!isSettled(readings.slice(-SETTLED_READINGS)) && performance.now() < deadline) {
    await sleep(SETTLE_POLL_MS)
    readings.push(residentBytes(pid))
  }
  return readings.at(-1)!
}

/** Whether there are enough readings, and all lie close together. */
export function isSettled(readings: readonly number[]): boolean {
  const highest = Math.max(...readings)
  return readings.length >= SETTLED_READINGS && highest - Math.min(...readings) <= highest * SETTLED_SPREAD
}
