import { readFileSync } from 'node:fs'

/** Files a process of this machine may have open; Node takes as many as it is allowed by itself (proc(5), limits). */
export function maxOpenFiles(): number {
  const hard = /^Max open files\s+\S+\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard)
}
