import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import type { Network } from '@headframe/core/chain/network'
import type { JobStore } from '../jobs/job-store.js'
import { readPastJobs } from '../jobs/read-past-jobs.js'
import { JournalDirectory } from '../journal/journal-directory.js'
import type { Log } from '../log.js'
import { rebuildSeenShares } from './rebuild-seen-shares.js'
import type { SeenShares } from './seen-shares.js'

export interface PastOptions {
  readonly dataDir: string
  readonly network: Network
  /** How long after a new tip shares of the old one may still be credited. */
  readonly graceMs: number
  /** See `rebuildSeenShares`. */
  readonly isOurs?: (extranonce1: Uint8Array) => boolean
}

export interface PastModules {
  /** Both are empty. */
  readonly jobs: JobStore
  readonly seenShares: SeenShares
  readonly log: Log
  readonly nowMs: () => number
}

/**
 * What a stratum process has to know of the time before it lived: the jobs that miners may still send shares of, and
 * which shares of them were credited. To be called when the slot's journal is open, before any miner is let in and
 * before the first job. Throws what the disk says.
 */
export async function recallPast(options: PastOptions, modules: PastModules): Promise<void> {
  const { dataDir, graceMs } = options
  const { jobs, seenShares, log, nowMs } = modules
  const startMs = nowMs()
  const past = await readPastJobs(options, startMs)
  for (const { job, postedAtMs } of past) jobs.addPast(job, postedAtMs)
  const creditable = { ...options, jobs: jobs.creditable(startMs - graceMs) }
  const directory = new JournalDirectory(join(dataDir, 'journal'), nodeFiles)
  const rebuilt = await rebuildSeenShares(seenShares, creditable, { directory, files: nodeFiles })
  log.info({ jobs: past.length, ...rebuilt, tookMs: nowMs() - startMs }, 'the past is known again')
}
