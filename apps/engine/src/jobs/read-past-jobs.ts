import type { Network } from '@headframe/core/chain/network'
import { isMissing } from '../is-missing.js'
import { JobDirectory } from './job-directory.js'
import { JobFileError } from './job-file.js'
import type { KeptJob } from './kept-job.js'
import { RESUME_WINDOW_MS } from './resume-window.js'

/**
 * The jobs that miners were given in the last ten minutes, in the order of age, read from the archive that the
 * primary writes, maybe at this moment. Each stratum process reads them for itself when it starts: megabytes that
 * would otherwise go through the primary, which has a new tip to tell the others of.
 *
 * A job that is let go meanwhile or cannot be read is left out. What else the disk says is thrown.
 */
export async function readPastJobs(
  options: { readonly dataDir: string; readonly network: Network },
  nowMs: number,
): Promise<KeptJob[]> {
  const directory = new JobDirectory(options.dataDir, options.network)
  const past: KeptJob[] = []
  for (const jobId of (await directory.list()).jobIds) {
    const kept = await readOne(directory, jobId)
    if (kept !== undefined && nowMs - kept.postedAtMs <= RESUME_WINDOW_MS) past.push(kept)
  }
  return past
}

async function readOne(directory: JobDirectory, jobId: string): Promise<KeptJob | undefined> {
  try {
    return await directory.read(jobId)
  } catch (error) {
    if (isMissing(error) || error instanceof JobFileError) return undefined
    throw error
  }
}
