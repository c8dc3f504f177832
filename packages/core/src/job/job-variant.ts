import { coinbaseSize } from './coinbase.js'
import type { Job } from './job.js'
import { fillSuffix } from './open-suffix.js'

/**
 * A variant is the same work with another coinbase: everything else is shared, the id too. What a share commits to is a
 * header of its own, so nothing more is needed to tell variants apart.
 *
 * These are all but those for solo miners, the smallest first; the job itself is the first.
 */
export function classVariants(job: Job): Job[] {
  const paidWindow = job.frozenWindow
  return [job, ...job.largerSuffixes.map((coinbaseSuffix) => ({ ...job, coinbaseSuffix, paidWindow }))]
}

/** The largest of variants in the order of their size that a client takes, or undefined when it can hold none. */
export function variantWithin(variants: readonly Job[], maxCoinbaseBytes: number): Job | undefined {
  return variants.findLast((variant) => coinbaseSize(variant) <= maxCoinbaseBytes)
}

/** The variant whose coinbase pays what is the finder's to `script`. */
export function soloVariant(job: Job, script: Uint8Array): Job {
  return { ...job, coinbaseSuffix: fillSuffix(job.soloSuffix, script), openSuffix: job.soloSuffix }
}
