import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlockCandidate, NodeAnswer } from '@headframe/core/block/candidate'
import { isMissing } from '../is-missing.js'
import { syncDirectory } from '../sync-directory.js'
import { writeAll } from '../write-all.js'
import { candidateFromJson, candidateToJson, type CandidateJson } from './candidate-json.js'
import { slotOfRecordsName } from './candidate-records.js'

/**
 * The blocks folder, three files a block named by its hash: `<hash>.hex` the whole block as `submitblock` takes it,
 * `<hash>.json` the candidate, and `<hash>.answers`, a line of JSON for each answer of a node.
 */
export class CandidateFiles {
  readonly directory: string

  constructor(dataDir: string) {
    this.directory = join(dataDir, 'blocks')
  }

  async prepare(): Promise<void> {
    await mkdir(this.directory, { recursive: true })
  }

  /** Both files are on the disk when this returns. `blockHex`: hex as text, in pieces. */
  async write(candidate: BlockCandidate, blockHex: readonly Uint8Array[]): Promise<void> {
    const json = Buffer.from(JSON.stringify(candidateToJson(candidate), null, 2))
    await this.#writeSynced(`${candidate.hash}.hex`, blockHex)
    await this.#writeSynced(`${candidate.hash}.json`, [json])
    await syncDirectory(this.directory)
  }

  /** On the disk when this returns. */
  async addAnswer(hash: string, answer: NodeAnswer): Promise<void> {
    const file = await open(this.#pathOf(hash, 'answers'), 'a')
    try {
      await file.write(`${JSON.stringify(answer)}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  /** Hex as text. */
  async readBlockHex(hash: string): Promise<Uint8Array> {
    return readFile(this.#pathOf(hash, 'hex'))
  }

  async readCandidate(hash: string): Promise<BlockCandidate> {
    return candidateFromJson(JSON.parse(await readFile(this.#pathOf(hash, 'json'), 'utf8')) as CandidateJson)
  }

  /** In their order; none while no node has answered. A line that a loss of power has torn is left out. */
  async readAnswers(hash: string): Promise<NodeAnswer[]> {
    try {
      const text = await readFile(this.#pathOf(hash, 'answers'), 'utf8')
      return text.split('\n').flatMap(answersOfLine)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** Bytes of the file of answers, which only grows; 0 while no node has answered. */
  async sizeOfAnswers(hash: string): Promise<number> {
    try {
      return (await stat(this.#pathOf(hash, 'answers'))).size
    } catch (error) {
      if (isMissing(error)) return 0
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

  /** Slots that may have left records of blocks without files. */
  async listSlots(): Promise<number[]> {
    return (await readdir(this.directory)).map(slotOfRecordsName).filter((slot) => slot !== undefined)
  }

  /** What is known of a block whose transactions are lost: for the operator to look at. */
  async setAside(hash: string, record: object): Promise<string> {
    const name = `${hash}.head.json`
    await this.#writeSynced(name, [Buffer.from(JSON.stringify(record, null, 2))])
    return join(this.directory, name)
  }

  /** For blocks that are settled for good. */
  async remove(hash: string): Promise<void> {
    for (const ending of ['answers', 'json', 'hex']) await rm(this.#pathOf(hash, ending), { force: true })
  }

  #pathOf(hash: string, ending: string): string {
    return join(this.directory, `${hash}.${ending}`)
  }

  /** Under its name only when whole, so that a crash leaves no half file to be read. */
  async #writeSynced(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    const path = join(this.directory, name)
    const file = await open(`${path}.part`, 'w')
    try {
      for (const piece of pieces) await writeAll(file, piece)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(`${path}.part`, path)
  }
}

function answersOfLine(line: string): NodeAnswer[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as NodeAnswer]
  } catch {
    return []
  }
}
