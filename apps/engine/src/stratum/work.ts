import type { Job } from '@headframe/core/job/job'
import { notifyLine, notifyTemplate, wireJobIdOf, type NotifyTemplate } from '@headframe/core/stratum/notify'

/** A job ready to go out: serialised once, the same bytes for every session. */
export interface Work {
  readonly job: Job
  readonly template: NotifyTemplate
  /** Id and line of the job's first alias, which is what everybody gets. */
  readonly wireJobId: string
  readonly line: Uint8Array
}

const FIRST_ALIAS = 0

export function prepareWork(job: Job): Work {
  const template = notifyTemplate(job)
  const wireJobId = wireJobIdOf(job.jobId, FIRST_ALIAS)
  return { job, template, wireJobId, line: notifyLine(template, FIRST_ALIAS, job.cleanJobs) }
}
