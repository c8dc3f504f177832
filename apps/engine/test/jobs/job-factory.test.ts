import { planFor } from '@headframe/core/job/coinbase-plan'
import { buildJob } from '@headframe/core/job/build-job'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstJobNumber, JobFactory, NUMBERS_LEFT_OUT } from '../../src/jobs/job-factory.js'
import { templateOn } from '../job-on.js'

const PARTS = { plan: planFor(new Uint8Array(22)), poolTag: '/Headframe/' }

describe('the job factory', () => {
  test('gives ids that grow by one, whether the work is new or not', () => {
    const factory = new JobFactory({ ...PARTS, firstJobNumber: 0xff })
    const template = templateOn(1)
    const first = factory.build(template, true, 1)
    const again = factory.again(first)
    const third = factory.build(template, false, 2)
    expect([first, again, third].map(({ jobId }) => jobId)).toEqual(['000000ff', '00000100', '00000101'])
  })

  test('work that is handed out again is the same but for its id', () => {
    const factory = new JobFactory({ ...PARTS, firstJobNumber: 7 })
    const template = templateOn(1)
    const again = factory.again(factory.build(template, true, 1))
    const built = buildJob({ ...PARTS, template, jobId: '00000008', cleanJobs: false, createdAtMs: 1 })
    expect(again).toEqual({ ...built, transactionsId: '00000007' })
  })

  test('begins anywhere below 2^31 without a past, else well above it', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (random32) => {
        expect(firstJobNumber(undefined, random32)).toBe(random32 & 0x7fffffff)
        expect(firstJobNumber(random32, 0)).toBe(random32 + NUMBERS_LEFT_OUT + 1)
      }),
    )
  })
})
