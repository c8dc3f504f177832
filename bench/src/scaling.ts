import { availableParallelism } from 'node:os'
import { sum, type Round } from './submit-rounds.js'

/**
 * How many times the shares of one stratum process several processes get through, if each has a core and the load
 * generator is elsewhere.
 *
 * The generator, the disk and the database share the cores with the pool here, so what goes through by the clock
 * says little. What a share costs in processor time does: measured while all processes run at once, it has all that
 * they take from each other (caches, memory, locks of the kernel). And the most loaded process decides how much goes
 * through: `cost(one) / cost(several) / (its part of the work)`, which is the number of processes when nothing is
 * lost and all have the same to do.
 */
export function scaling(one: Round, several: Round): number {
  const costOfOne = sum(one.cpuMs) / one.accepted
  const costOfSeveral = sum(several.cpuMs) / several.accepted
  const largestPart = Math.max(...several.cpuMs) / sum(several.cpuMs)
  return costOfOne / costOfSeveral / largestPart
}

/** Processor time that nobody wanted, percent: above a few, something else than processors was waited for. */
export function idleShare({ idleMs, tookMs }: Round, cores = availableParallelism()): number {
  return (100 * idleMs) / (tookMs * cores)
}
