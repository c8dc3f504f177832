import { bytesToHex, equalBytes } from '@headframe/core/bytes'
import { HEADER_SIZE } from '@headframe/core/chain/header'
import type { Network } from '@headframe/core/chain/network'
import type { Job } from '@headframe/core/job/job'
import { paidJob } from '@headframe/core/journal/paid-job'
import type { JobContent, JobRecord, WorkerRecord } from '@headframe/core/journal/segment'
import { scanShares } from '@headframe/core/journal/scan-shares'
import { ShareHasher } from '@headframe/core/share/share-hasher'
import type { JournalDirectory } from '../journal/journal-directory.js'
import type { JournalFiles } from '../journal/journal-files.js'
import { recentSegments } from '../journal/recent-segments.js'
import { MAX_TIPS, type SeenShares } from './seen-shares.js'

/** How far a clock may have been set back while segments were written. */
const CLOCK_SLACK_MS = 60_000

export interface RebuildOptions {
  /**
   * Those whose shares can still be credited, in the order of age; of all others it does not matter what was seen.
   * At most the newest `MAX_TIPS` tips of them are looked for.
   */
  readonly jobs: readonly Job[]
  /**
   * Whether shares with this extranonce1 (`EXTRANONCE1_SIZE` bytes) can come to this process. Hashing those that
   * cannot would only take time. Default: all.
   */
  readonly isOurs?: (extranonce1: Uint8Array) => boolean
}

export interface RebuildModules {
  readonly directory: JournalDirectory
  readonly files: Pick<JournalFiles, 'readFile'>
}

/**
 * Remembers the shares that were credited before this process lived, from the journal of all processes of this
 * machine, so that none is credited again. The writer's chain must be recovered before, and no miner let in yet.
 * Between two segments everything else may run.
 */
export async function rebuildSeenShares(
  seenShares: SeenShares,
  options: RebuildOptions,
  modules: RebuildModules,
): Promise<{ readonly shares: number; readonly segments: number }> {
  const { isOurs = () => true } = options
  const jobs = jobsOfNewestTips(options.jobs)
  if (jobs.size === 0) return { shares: 0, segments: 0 }
  const sinceMs = Math.min(...[...jobs.values()].map(({ createdAtMs }) => createdAtMs)) - CLOCK_SLACK_MS
  const hasher = new ShareHasher()
  const header = new Uint8Array(HEADER_SIZE)
  const hash = new Uint8Array(32)
  let sealedAtMs: number | undefined
  let shares = 0
  let segments = 0
  const isEnough = (): boolean => sealedAtMs !== undefined && sealedAtMs < sinceMs
  for await (const { bytes } of recentSegments(modules.directory, modules.files, isEnough)) {
    segments++
    const held = new HeldJobs()
    sealedAtMs = scanShares(bytes, (job, share, worker, { network }) => {
      const { prevHash } = job
      const known = jobs.get(job.jobId)
      const { extranonce1, extranonce2, version, ntime, nonce } = share
      if (known === undefined || !equalBytes(known.prevHash, prevHash) || !isOurs(extranonce1)) return
      hasher.hash(
        header,
        hash,
        held.of(job, worker, network),
        extranonce1,
        extranonce2,
        version,
        ntime,
        nonce,
      )
      if (seenShares.look(prevHash, hash) !== 'new') return
      seenShares.add(prevHash, hash)
      shares++
    })
  }
  // In the order of age, although segments are read from the newest on.
  for (const { prevHash } of jobs.values()) seenShares.addTip(prevHash)
  return { shares, segments }
}

/** The jobs of a segment as its workers had them: one object for each, because the hasher knows a job by it. */
class HeldJobs {
  readonly #held = new Map<string, JobContent>()

  of(job: JobRecord, worker: WorkerRecord, network: Network): JobContent {
    if (job.openSuffix === undefined) return job
    const key = `${job.jobRef}/${worker.workerRef}`
    let held = this.#held.get(key)
    if (held === undefined) {
      held = paidJob(job, worker, network)
      this.#held.set(key, held)
    }
    return held
  }
}

/** By job id, in the order of age. */
function jobsOfNewestTips(jobs: readonly Job[]): Map<string, Job> {
  const tips = new Set<string>()
  const newest: [string, Job][] = []
  for (const job of jobs.toReversed()) {
    tips.add(bytesToHex(job.prevHash))
    if (tips.size > MAX_TIPS) break
    newest.push([job.jobId, job])
  }
  return new Map(newest.reverse())
}
