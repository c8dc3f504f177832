import type { BlockCandidate, NodeAnswer } from '@headframe/core/block/candidate'
import type { Ship } from '../journal/ship-loop.js'
import type { CandidateFiles } from './candidate-file.js'

/** The queries of `@headframe/db/block/` that the shipper calls; each may be repeated. */
export interface CandidateShipperModules {
  readonly files: CandidateFiles
  readonly recordCandidate: (candidate: BlockCandidate) => Promise<unknown>
  readonly recordAnswer: (hash: string, answer: NodeAnswer) => Promise<unknown>
  readonly listMature: (hashes: readonly string[]) => Promise<string[]>
  readonly nowMs: () => number
}

/** How often blocks that may have matured are looked for: they take most of a day. */
const CLEAN_EVERY_MS = 60_000

/**
 * Brings found blocks and their answers from the disk to Postgres. All that it remembers is what to skip: a shipper
 * that starts again does everything again, which changes nothing. Files stay until their block is mature.
 */
export class CandidateShipper implements Ship {
  readonly name = 'blocks'
  readonly #modules: CandidateShipperModules
  readonly #recorded = new Set<string>()
  /** How many answers of each block are recorded, and how long their file was then. */
  readonly #answered = new Map<string, { readonly count: number; readonly bytes: number }>()
  #cleanedAtMs = 0

  constructor(modules: CandidateShipperModules) {
    this.#modules = modules
  }

  async run(): Promise<void> {
    const hashes = await this.#modules.files.list()
    for (const hash of hashes) await this.#ship(hash)
    if (this.#modules.nowMs() - this.#cleanedAtMs >= CLEAN_EVERY_MS) await this.#clean(hashes)
  }

  async #ship(hash: string): Promise<void> {
    const { files, recordCandidate, recordAnswer } = this.#modules
    if (!this.#recorded.has(hash)) {
      await recordCandidate(await files.readCandidate(hash))
      this.#recorded.add(hash)
    }
    const answered = this.#answered.get(hash)
    const bytes = await files.sizeOfAnswers(hash)
    if (answered?.bytes === bytes) return
    const answers = await files.readAnswers(hash)
    for (const answer of answers.slice(answered?.count ?? 0)) await recordAnswer(hash, answer)
    this.#answered.set(hash, { count: answers.length, bytes })
  }

  async #clean(hashes: readonly string[]): Promise<void> {
    const { files, listMature, nowMs } = this.#modules
    for (const hash of await listMature(hashes)) {
      await files.remove(hash)
      this.#recorded.delete(hash)
      this.#answered.delete(hash)
    }
    this.#cleanedAtMs = nowMs()
  }
}
