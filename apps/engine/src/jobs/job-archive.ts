import type { Network } from '@headframe/core/chain/network'
import type { Job } from '@headframe/core/job/job'
import { jobNumberOf } from '@headframe/core/stratum/job-position'
import type { Log } from '../log.js'
import { JobDirectory } from './job-directory.js'
import { JobFileError } from './job-file.js'
import type { KeptJob } from './kept-job.js'
import { RESUME_WINDOW_MS } from './resume-window.js'

/** Jobs kept on the disk, and twice as many that the disk refuses; the oldest is let go first. Ten minutes have 24 refreshes and a few new tips. */
export const MAX_KEPT_JOBS = 32

export interface JobArchiveModules {
  readonly log: Log
  readonly nowMs: () => number
}

interface Held {
  readonly jobId: string
  readonly transactionsId: string
  readonly postedAtMs: number
  /** Until it is on the disk. */
  job: Job | undefined
}

/**
 * The jobs that miners may still send shares of, on the disk, so that a process that starts knows what miners were
 * doing before it did: a late share is judged, and a late block has its transactions. Written by the primary alone;
 * the stratum processes read it (`readPastJobs`).
 */
export class JobArchive {
  /** The highest number that was ever stored here; undefined in a new folder. */
  readonly lastJobNumber: number | undefined
  readonly #directory: JobDirectory
  readonly #modules: JobArchiveModules
  /** In the order of age. */
  readonly #held: Held[]
  #storing: Promise<void> = Promise.resolve()
  #isStoring = false

  /** Brings the folder into order: what cannot be read is set aside, what is too old is removed. */
  static async open(
    options: { readonly dataDir: string; readonly network: Network },
    modules: JobArchiveModules,
  ): Promise<JobArchive> {
    const directory = new JobDirectory(options.dataDir, options.network)
    await directory.prepare()
    const { jobIds, transactionsIds, strangers } = await directory.list()
    for (const name of strangers) await removeStranger(directory, name, modules.log)
    const held: Held[] = []
    for (const jobId of jobIds) {
      const kept = await readKept(directory, jobId, modules.log)
      if (kept === undefined) continue
      held.push({
        jobId,
        transactionsId: kept.job.transactionsId,
        postedAtMs: kept.postedAtMs,
        job: undefined,
      })
    }
    const wanted = new Set(held.map(({ transactionsId }) => transactionsId))
    for (const id of transactionsIds) if (!wanted.has(id)) await directory.removeTransactions(id)
    const newestId = jobIds.at(-1)
    const lastJobNumber = newestId === undefined ? undefined : jobNumberOf(newestId)
    const archive = new JobArchive(directory, modules, held, lastJobNumber)
    archive.#store()
    await archive.settle()
    return archive
  }

  private constructor(
    directory: JobDirectory,
    modules: JobArchiveModules,
    held: Held[],
    lastJobNumber: number | undefined,
  ) {
    this.#directory = directory
    this.#modules = modules
    this.#held = held
    this.lastJobNumber = lastJobNumber
  }

  /** Returns at once; the disk is written in the background. */
  keep(job: Job, postedAtMs: number): void {
    this.#held.push({ jobId: job.jobId, transactionsId: job.transactionsId, postedAtMs, job })
    // While the disk refuses, the oldest is given up.
    if (this.#held.length > 2 * MAX_KEPT_JOBS) this.#held.shift()
    this.#store()
  }

  /** Until the disk has what was kept, or has refused it. */
  async settle(): Promise<void> {
    await this.#storing
  }

  /** One run at a time; what comes in meanwhile is seen by the one that runs. */
  #store(): void {
    if (this.#isStoring) return
    this.#isStoring = true
    this.#storing = this.#storeAll()
  }

  async #storeAll(): Promise<void> {
    try {
      do {
        const held = this.#held.find(({ job }) => job !== undefined)
        if (held !== undefined) await this.#write(held)
        await this.#letGo()
      } while (this.#held.some(({ job }) => job !== undefined))
    } catch (error) {
      // Tried again with the next job. Miners lose nothing by it unless a process ends meanwhile.
      this.#modules.log.error({ err: error }, 'jobs cannot be written; a restart would forget them')
    } finally {
      this.#isStoring = false
    }
  }

  async #write(held: Held): Promise<void> {
    await this.#directory.write({ job: held.job!, postedAtMs: held.postedAtMs })
    held.job = undefined
  }

  /** The newest is never let go: numbers continue above it. */
  async #letGo(): Promise<void> {
    while (this.#held.length > 1 && this.#isSpent(this.#held[0]!)) {
      const { jobId, transactionsId } = this.#held.shift()!
      await this.#directory.remove(jobId)
      const isShared = this.#held.some((other) => other.transactionsId === transactionsId)
      if (!isShared) await this.#directory.removeTransactions(transactionsId)
    }
  }

  #isSpent({ postedAtMs }: Held): boolean {
    return this.#held.length > MAX_KEPT_JOBS || this.#modules.nowMs() - postedAtMs > RESUME_WINDOW_MS
  }
}

/** Undefined for a file that was set aside. */
async function readKept(directory: JobDirectory, jobId: string, log: Log): Promise<KeptJob | undefined> {
  try {
    return await directory.read(jobId)
  } catch (error) {
    if (!(error instanceof JobFileError)) throw error
    const path = await directory.setAside(`${jobId}.job`)
    log.error({ err: error, path }, 'a job file was set aside; shares of that job are not known any more')
    return undefined
  }
}

/** What a killed process was writing is of no use; anything else was put there by somebody. */
async function removeStranger(directory: JobDirectory, name: string, log: Log): Promise<void> {
  if (name.endsWith('.part')) {
    await directory.removeName(name)
    return
  }
  log.warn({ path: await directory.setAside(name) }, 'a file that is no job was set aside')
}
