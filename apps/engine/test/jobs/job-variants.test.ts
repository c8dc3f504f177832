import { coinbaseSize } from '@headframe/core/job/coinbase'
import { buildJob } from '@headframe/core/job/build-job'
import { planFor } from '@headframe/core/job/coinbase-plan'
import { describe, expect, test } from 'vitest'
import { JobStore } from '../../src/jobs/job-store.js'
import { JobVariants } from '../../src/jobs/job-variants.js'
import { Work } from '../../src/stratum/work.js'
import { jobOn, templateOn } from '../job-on.js'

const scriptOf = (number: number): Uint8Array => Uint8Array.of(0, 20, ...new Uint8Array(20).fill(number))
const payees = Array.from({ length: 30 }, (_, number) => ({
  script: scriptOf(number + 1),
  prefixBefore: BigInt(number),
  prefixAfter: BigInt(number + 1),
}))
const window = {
  endPosition: 1n,
  endIndex: 1,
  pplnsWindow: 4,
  feeBasisPoints: 100,
  finderBonusBasisPoints: 0,
}
const job = buildJob({
  template: templateOn(1),
  jobId: '000000ff',
  plan: planFor(scriptOf(0)),
  direct: { window, total: 30n, payees },
  poolTag: '',
  cleanJobs: true,
  createdAtMs: 0,
})

describe('the variants of a job', () => {
  test('are the same object for the same size and the same payout', () => {
    const variants = new JobVariants()
    const payout = { address: 'a', script: scriptOf(7) }
    expect(variants.within(job, 750)).toBe(variants.within(job, 750))
    expect(variants.payingTo(job, payout)).toBe(variants.payingTo(job, payout))
    expect(variants.within(job, 0)).toBe(job)
    const plain = jobOn(2)
    expect(variants.within(plain, 10_000)).toBe(plain)
  })

  test('are what the lines of the same size and payout have', () => {
    const variants = new JobVariants()
    const work = new Work(job)
    const sizes = [0, 400, 500, 750, 1_000, 2_250, 20_000]
    for (const size of sizes) {
      expect(coinbaseSize(variants.within(job, size))).toBe(work.within(size).coinbaseBytes)
    }
    expect(new Set(sizes.map((size) => work.within(size))).size).toBe(4)
    const payout = { address: 'a', script: scriptOf(7) }
    const suffix = Buffer.from(variants.payingTo(job, payout).coinbaseSuffix).toString('hex')
    expect(work.payingTo(payout).text).toContain(suffix)
    expect(work.payingTo(payout)).toBe(work.payingTo(payout))
  })

  test('made for solo miners are bounded: the oldest is let go, and made again as it was', () => {
    const variants = new JobVariants(2)
    const first = variants.payingTo(job, { address: 'a', script: scriptOf(1) })
    variants.payingTo(job, { address: 'b', script: scriptOf(2) })
    variants.payingTo(job, { address: 'c', script: scriptOf(3) })
    const again = variants.payingTo(job, { address: 'a', script: scriptOf(1) })
    expect(again).not.toBe(first)
    expect(again).toEqual(first)
  })

  test('stand in the store as their job does', () => {
    const store = new JobStore()
    store.add(job)
    const variant = new JobVariants().payingTo(job, { address: 'a', script: scriptOf(1) })
    expect(store.stateOf(variant)).toBe('active')
    store.add(jobOn(2), 5)
    expect(store.stateOf(variant)).toBe('stale')
    expect(store.staleSinceMs(variant)).toBe(5)
  })
})
