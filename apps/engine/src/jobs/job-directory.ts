import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Network } from '@headframe/core/chain/network'
import { isMissing } from '../is-missing.js'
import { decodeJobFile, encodeJobFile } from './job-file.js'
import type { KeptJob } from './kept-job.js'

const JOB_NAME = /^([0-9a-f]{8})\.job$/
const ASIDE = 'aside'

/** `DATA/jobs`: `<jobId>.job` for each job that is kept, and `aside/` with what stood there and could not be read. */
export class JobDirectory {
  readonly path: string
  readonly #network: Network

  constructor(dataDir: string, network: Network) {
    this.path = join(dataDir, 'jobs')
    this.#network = network
  }

  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true })
  }

  /** Ids of the jobs in the order of their numbers, and the names of everything else. None without a folder. */
  async list(): Promise<{ readonly jobIds: string[]; readonly strangers: string[] }> {
    const jobIds: string[] = []
    const strangers: string[] = []
    for (const name of await this.#names()) {
      const [, jobId] = JOB_NAME.exec(name) ?? []
      if (jobId !== undefined) jobIds.push(jobId)
      else if (name !== ASIDE) strangers.push(name)
    }
    return { jobIds: jobIds.sort(), strangers }
  }

  /** Throws JobFileError, or what the disk says: ENOENT when the job was let go. */
  async read(jobId: string): Promise<KeptJob> {
    return decodeJobFile(await readFile(this.#pathOf(jobId)), this.#network)
  }

  /**
   * Under its name only when whole. It is not synced: whatever ends the processes, what was written stays in the
   * kernel's hands, and after a loss of power no miner's work is worth waiting for; megabytes to sync would be in
   * the way of the journal, which every miner waits for.
   */
  async write(kept: KeptJob): Promise<void> {
    const path = this.#pathOf(kept.job.jobId)
    await writeFile(`${path}.part`, encodeJobFile(kept, this.#network))
    await rename(`${path}.part`, path)
  }

  async remove(jobId: string): Promise<void> {
    await this.removeName(`${jobId}.job`)
  }

  async removeName(name: string): Promise<void> {
    try {
      await unlink(join(this.path, name))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  /** Moves it out of the way, for the operator to look at; an older one of that name is replaced. */
  async setAside(name: string): Promise<string> {
    const path = join(this.path, ASIDE, name)
    await mkdir(join(this.path, ASIDE), { recursive: true })
    await rename(join(this.path, name), path)
    return path
  }

  #pathOf(jobId: string): string {
    return join(this.path, `${jobId}.job`)
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.path)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}
