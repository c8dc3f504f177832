import { coinbaseSize } from '@headframe/core/job/coinbase'
import type { Job } from '@headframe/core/job/job'
import { jobNumberOf, positionOf } from '@headframe/core/stratum/job-position'
import { notifyLine, notifyTemplate, type NotifyTemplate } from '@headframe/core/stratum/notify'

/** A job ready to go out: serialised once, the same bytes for every session. */
export interface Work {
  readonly job: Job
  readonly template: NotifyTemplate
  /** Of the coinbase without witness: what a miner's firmware has to hold. */
  readonly coinbaseBytes: number
  /** Position and line of the job's first alias, which is what everybody gets. */
  readonly position: number
  readonly line: Buffer
  /** The line once more, for where it can leave in one packet with other text. */
  readonly text: string
}

const FIRST_ALIAS = 0

export function prepareWork(job: Job): Work {
  const template = notifyTemplate(job)
  const position = positionOf(jobNumberOf(job.jobId), FIRST_ALIAS)
  const line = bufferOf(notifyLine(template, FIRST_ALIAS, job.cleanJobs))
  return { job, template, coinbaseBytes: coinbaseSize(job), position, line, text: line.toString('latin1') }
}

/** The same bytes: a socket would make a Buffer of any other array once a write. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
