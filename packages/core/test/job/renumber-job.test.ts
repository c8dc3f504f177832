import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildJob } from '../../src/job/build-job.js'
import { renumberJob } from '../../src/job/renumber-job.js'
import { jobParts } from './job-parts.js'

describe('renumberJob', () => {
  it('makes the job that its template would make under that id, and leaves the old one as it was', () => {
    fc.assert(
      fc.property(jobParts, fc.nat(0xffffffff), (parts, number) => {
        const jobId = number.toString(16).padStart(8, '0')
        const job = buildJob(parts)
        const { transactionsId } = job
        const built = buildJob({ ...parts, jobId, cleanJobs: false })
        expect(renumberJob(job, jobId)).toEqual({ ...built, transactionsId })
        expect(job).toEqual(buildJob(parts))
      }),
    )
  })

  it.each(['', '0000001', '000000001', 'zzzzzzzz'])('refuses the id "%s"', (jobId) => {
    fc.assert(
      fc.property(jobParts, (parts) => {
        expect(() => renumberJob(buildJob(parts), jobId)).toThrow(RangeError)
      }),
      { numRuns: 3 },
    )
  })
})
