import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlockCandidate, SubmitAnswer } from '@headframe/core/block/candidate'

/**
 * The blocks folder, three files a block named by its hash:
 * `<hash>.hex` the whole block as `submitblock` takes it, `<hash>.json` the candidate, and once the node has
 * answered `<hash>.answer.json`. Satoshis and sequence numbers stand as decimal strings.
 */
export class CandidateFiles {
  readonly directory: string

  constructor(dataDir: string) {
    this.directory = join(dataDir, 'blocks')
  }

  async prepare(): Promise<void> {
    await mkdir(this.directory, { recursive: true })
  }

  /** Both files are on the disk when this returns. */
  async write(candidate: BlockCandidate, blockHex: string): Promise<void> {
    await Promise.all([
      this.#writeSynced(`${candidate.hash}.hex`, blockHex),
      this.#writeSynced(`${candidate.hash}.json`, JSON.stringify(candidate, bigintAsText, 2)),
    ])
    await this.#syncDirectory()
  }

  async writeAnswer(hash: string, answer: SubmitAnswer): Promise<void> {
    await this.#writeSynced(`${hash}.answer.json`, JSON.stringify(answer, null, 2))
    await this.#syncDirectory()
  }

  async readBlockHex(hash: string): Promise<string> {
    return readFile(join(this.directory, `${hash}.hex`), 'utf8')
  }

  async readCandidate(hash: string): Promise<BlockCandidate> {
    const json = JSON.parse(await readFile(join(this.directory, `${hash}.json`), 'utf8')) as CandidateJson
    return {
      ...json,
      coinbaseValueSats: BigInt(json.coinbaseValueSats),
      feesSats: BigInt(json.feesSats),
      windowEndShareSeq: BigInt(json.windowEndShareSeq),
    }
  }

  /** Undefined while no node has answered. */
  async readAnswer(hash: string): Promise<SubmitAnswer | undefined> {
    try {
      return JSON.parse(await readFile(join(this.directory, `${hash}.answer.json`), 'utf8')) as SubmitAnswer
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  /** Hashes of the candidates whose files are whole. */
  async list(): Promise<string[]> {
    const names = new Set(await readdir(this.directory))
    return [...names]
      .filter((name) => name.endsWith('.hex'))
      .map((name) => name.slice(0, -'.hex'.length))
      .filter((hash) => names.has(`${hash}.json`))
  }

  /** For blocks that are settled for good. */
  async remove(hash: string): Promise<void> {
    for (const ending of ['.answer.json', '.json', '.hex']) {
      await rm(join(this.directory, `${hash}${ending}`), { force: true })
    }
  }

  /** Under its name only when whole, so that a crash leaves no half file to be read. */
  async #writeSynced(name: string, text: string): Promise<void> {
    const path = join(this.directory, name)
    const file = await open(`${path}.part`, 'w')
    try {
      await file.writeFile(text)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(`${path}.part`, path)
  }

  async #syncDirectory(): Promise<void> {
    const folder = await open(this.directory, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
}

type CandidateJson = Omit<BlockCandidate, 'coinbaseValueSats' | 'feesSats' | 'windowEndShareSeq'> & {
  readonly coinbaseValueSats: string
  readonly feesSats: string
  readonly windowEndShareSeq: string
}

const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value
