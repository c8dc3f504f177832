import { hexToBytes } from '../bytes.js'
import type { Job } from './job.js'

/**
 * The same work under a fresh id: its miners go on, in a search space of its own, because the coinbase prefix ends
 * with the job id. Costs nothing, unlike building the job again from its template: the transactions stay those of the
 * first. It is no sign of a new tip.
 *
 * Throws RangeError when `jobId` has another length than the job's.
 */
export function renumberJob(job: Job, jobId: string): Job {
  const id = hexToBytes(jobId)
  if (jobId.length !== job.jobId.length) throw new RangeError(`"${jobId}" is no job id like ${job.jobId}`)
  const coinbasePrefix = job.coinbasePrefix.slice()
  coinbasePrefix.set(id, coinbasePrefix.length - id.length)
  return { ...job, jobId, coinbasePrefix, cleanJobs: false }
}
