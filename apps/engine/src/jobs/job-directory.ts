import { mkdir, open, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Network } from '@headframe/core/chain/network'
import { isMissing } from '../is-missing.js'
import { syncDirectory } from '../sync-directory.js'
import { writeAll } from '../write-all.js'
import { decodeJobFile, encodeJobFile } from './job-file.js'
import type { KeptJob } from './kept-job.js'

const JOB_NAME = /^([0-9a-f]{8})\.job$/
const TRANSACTIONS_NAME = /^([0-9a-f]{8})\.hex$/
const ASIDE = 'aside'

/** What the jobs folder holds. */
export interface JobListing {
  /** In the order of their numbers. */
  readonly jobIds: string[]
  /** Of which there are transactions. */
  readonly transactionsIds: string[]
  /** Names of everything else. */
  readonly strangers: string[]
}

/**
 * `DATA/jobs`: `<jobId>.job` for each job that is kept, `<id>.hex` with the transactions of jobs (`transactionsId`) as
 * they stand in a block, in hex, and `aside/` with what stood there and could not be read.
 */
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

  /** Nothing without a folder. */
  async list(): Promise<JobListing> {
    const listing: JobListing = { jobIds: [], transactionsIds: [], strangers: [] }
    for (const name of await this.#names()) {
      const [, jobId] = JOB_NAME.exec(name) ?? []
      const [, transactionsId] = TRANSACTIONS_NAME.exec(name) ?? []
      if (jobId !== undefined) listing.jobIds.push(jobId)
      else if (transactionsId !== undefined) listing.transactionsIds.push(transactionsId)
      else if (name !== ASIDE) listing.strangers.push(name)
    }
    listing.jobIds.sort()
    return listing
  }

  /** Throws JobFileError, or what the disk says: ENOENT when the job was let go. */
  async read(jobId: string): Promise<KeptJob> {
    return decodeJobFile(await readFile(this.#pathOf(jobId)), this.#network)
  }

  /**
   * Under its name only when whole. It is not synced: whatever ends the processes, what was written stays in the
   * kernel's hands, and after a loss of power no miner's work is worth waiting for.
   */
  async write(kept: KeptJob): Promise<void> {
    const path = this.#pathOf(kept.job.jobId)
    await writeFile(`${path}.part`, encodeJobFile(kept, this.#network))
    await rename(`${path}.part`, path)
  }

  /**
   * Under its name when whole, and then `onReadable`; synced when this returns, because a found block is written down
   * as a reference to it.
   */
  async writeTransactions(id: string, pieces: Iterable<Uint8Array>, onReadable: () => void): Promise<void> {
    const path = this.transactionsPath(id)
    const file = await open(`${path}.part`, 'w')
    try {
      for (const piece of pieces) await writeAll(file, piece)
      await rename(`${path}.part`, path)
      onReadable()
      await file.datasync()
    } finally {
      await file.close()
    }
    await syncDirectory(this.path)
  }

  /** Hex as text. Throws what the disk says: ENOENT when it was let go. */
  async readTransactions(id: string): Promise<Uint8Array> {
    const file = await open(this.transactionsPath(id), 'r')
    try {
      const bytes = Buffer.allocUnsafeSlow((await file.stat()).size)
      let offset = 0
      while (offset < bytes.length) {
        const { bytesRead } = await file.read(bytes, offset, bytes.length - offset, offset)
        if (bytesRead === 0) break
        offset += bytesRead
      }
      return bytes.subarray(0, offset)
    } finally {
      await file.close()
    }
  }

  async removeTransactions(id: string): Promise<void> {
    await this.removeName(`${id}.hex`)
  }

  transactionsPath(id: string): string {
    return join(this.path, `${id}.hex`)
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
