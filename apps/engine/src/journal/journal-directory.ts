import { basename, join } from 'node:path'
import { isMissing } from '../is-missing.js'
import { makeDirectory, syncDirectory, writeSynced, type JournalFiles } from './journal-files.js'

/**
 * The layout of the journal on disk:
 *
 *   DATA/journal/<writerId>/NNNNNNNNNN.open   the segment that is being written
 *                           NNNNNNNNNN.seg    sealed segments: to be shipped, or shipped not long ago, or the newest
 *                           incarnation       how often the writer was started
 *                           aside/            what could not be used, each file with a `.json` that says why
 */
export type SegmentState = 'open' | 'sealed'

export interface SegmentPlace {
  readonly writerId: string
  readonly segmentSeq: bigint
  readonly state: SegmentState
  readonly path: string
}

const ENDINGS: Readonly<Record<SegmentState, string>> = { open: '.open', sealed: '.seg' }
const SEGMENT_NAME = /^(\d{10,20})\.(open|seg)$/
const SEQ_DIGITS = 10
const WRITER_NAME = /^s(\d{2})-[0-9a-f]{8}$/
const ASIDE = 'aside'
const INCARNATION = 'incarnation'

export class JournalDirectory {
  /** The journal's own folder, `DATA/journal`. */
  readonly path: string
  readonly #files: JournalFiles

  constructor(path: string, files: JournalFiles) {
    this.path = path
    this.#files = files
  }

  placeOf(writerId: string, segmentSeq: bigint, state: SegmentState): SegmentPlace {
    const name = segmentSeq.toString().padStart(SEQ_DIGITS, '0') + ENDINGS[state]
    return { writerId, segmentSeq, state, path: join(this.path, writerId, name) }
  }

  /** Every writer that has a folder, in the order of their names. */
  async listWriters(): Promise<string[]> {
    return (await this.#namesIn(this.path)).filter((name) => WRITER_NAME.test(name)).sort()
  }

  async listWritersOfSlot(slot: number): Promise<string[]> {
    return (await this.listWriters()).filter((name) => Number(WRITER_NAME.exec(name)?.[1]) === slot)
  }

  /** `suffix`: eight hex digits that no writer had before. */
  async createWriter(slot: number, suffix: string): Promise<string> {
    const writerId = `s${slot.toString().padStart(2, '0')}-${suffix}`
    if (!WRITER_NAME.test(writerId)) throw new RangeError(`"${writerId}" is no name of a writer`)
    await makeDirectory(this.#files, this.path)
    await makeDirectory(this.#files, join(this.path, writerId))
    return writerId
  }

  /** The segments of a writer in the order of its chain. */
  async listSegments(writerId: string): Promise<SegmentPlace[]> {
    return this.#segmentsIn(writerId, await this.#namesIn(join(this.path, writerId)))
  }

  /** Segments that were set aside: what comes after the first of them has lost its place in the chain. */
  async listAside(writerId: string): Promise<SegmentPlace[]> {
    return this.#segmentsIn(writerId, await this.#namesIn(join(this.path, writerId, ASIDE)), ASIDE)
  }

  /** Moves a segment out of its chain and writes down why, for the operator. */
  async setAside(place: SegmentPlace, reason: Readonly<Record<string, unknown>>): Promise<string> {
    const folder = join(this.path, place.writerId, ASIDE)
    await makeDirectory(this.#files, folder)
    const path = join(folder, basename(place.path))
    await writeSynced(this.#files, `${path}.json`, `${JSON.stringify(reason, null, 2)}\n`)
    try {
      await this.#files.rename(place.path, path)
    } catch (error) {
      // The writer and the shipper may both have found it bad.
      if (!isMissing(error)) throw error
    }
    await syncDirectory(this.#files, folder)
    return path
  }

  /** 0 for a writer that was never started. */
  async readIncarnation(writerId: string): Promise<number> {
    try {
      return Number(await this.#files.readFile(join(this.path, writerId, INCARNATION), 'utf8'))
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  }

  async writeIncarnation(writerId: string, incarnation: number): Promise<void> {
    await writeSynced(this.#files, join(this.path, writerId, INCARNATION), `${incarnation}\n`)
  }

  #segmentsIn(writerId: string, names: readonly string[], under = ''): SegmentPlace[] {
    const places: SegmentPlace[] = []
    for (const name of names) {
      const [, digits, ending] = SEGMENT_NAME.exec(name) ?? []
      if (digits === undefined) continue
      const state = ending === 'open' ? 'open' : 'sealed'
      places.push({
        writerId,
        segmentSeq: BigInt(digits),
        state,
        path: join(this.path, writerId, under, name),
      })
    }
    return places.sort((a, b) => (a.segmentSeq < b.segmentSeq ? -1 : a.segmentSeq > b.segmentSeq ? 1 : 0))
  }

  async #namesIn(path: string): Promise<string[]> {
    try {
      return await this.#files.readdir(path)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}
