import { writeSync } from 'node:fs'
import { constants, open, readFile, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../is-missing.js'
import { syncDirectory } from '../sync-directory.js'
import { writeAll } from '../write-all.js'
import { decodeCandidateRecord, encodeCandidateRecord, type CandidateRecord } from './candidate-record.js'

/** Room of one record: a coinbase may have 16,000 bytes, which is twice as much in hex. */
const PLACE_SIZE = 48 * 1024
/** Blocks whose files are not made yet; for another one the whole block is written first, which takes longer. */
const PLACES = 8
const CLEARED = new Uint8Array(8)

/**
 * `DATA/blocks/slot-NN.pending`: what a stratum process found and has not made files of yet. The file has its size
 * from the start, so that writing to it changes nothing else on the disk, and a write returns when it is synced:
 * about a millisecond, where a new file of the block takes tens.
 */
export class CandidateRecords {
  readonly #file: FileHandle
  readonly #isTaken: boolean[]

  /** `directory`: the blocks folder. Places with records that nobody has made files of stay as they are. */
  static async open(directory: string, slot: number): Promise<CandidateRecords> {
    const path = join(directory, recordsNameOf(slot))
    const bytes = await readOrNothing(path)
    if (bytes.length !== PLACES * PLACE_SIZE) {
      const file = await open(path, 'w')
      await writeAll(file, new Uint8Array(PLACES * PLACE_SIZE))
      await file.sync()
      await file.close()
      await syncDirectory(directory)
    }
    const isTaken = placesOf(bytes).map((place) => decodeCandidateRecord(place) !== undefined)
    return new CandidateRecords(await open(path, constants.O_RDWR | constants.O_DSYNC), isTaken)
  }

  private constructor(file: FileHandle, isTaken: boolean[]) {
    this.#file = file
    this.#isTaken = Array.from({ length: PLACES }, (_, place) => isTaken[place] ?? false)
  }

  /**
   * On the disk when this returns, with where; undefined when there is no place for it. Throws what the disk says.
   * Nothing else goes on meanwhile: a block is rare, and to wait for a thread and the event loop would take longer than
   * the disk does (on a busy machine 4 ms instead of 1).
   */
  write(record: CandidateRecord): number | undefined {
    const place = this.#isTaken.indexOf(false)
    const bytes = encodeCandidateRecord(record)
    if (place === -1 || bytes.length > PLACE_SIZE) return undefined
    this.#isTaken[place] = true
    try {
      writeSync(this.#file.fd, bytes, 0, bytes.length, place * PLACE_SIZE)
      return place
    } catch (error) {
      this.#isTaken[place] = false
      throw error
    }
  }

  /** The block has files of its own now. */
  async clear(place: number): Promise<void> {
    await this.#file.write(CLEARED, 0, CLEARED.length, place * PLACE_SIZE)
    this.#isTaken[place] = false
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

const NAME = /^slot-(\d+)\.pending$/
const recordsNameOf = (slot: number): string => `slot-${String(slot).padStart(2, '0')}.pending`

/** Which slot's records a file of the blocks folder holds; undefined when it is another file. */
export function slotOfRecordsName(name: string): number | undefined {
  const [, digits] = NAME.exec(name) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** What a slot has left; nothing without a file. */
export async function readCandidateRecords(directory: string, slot: number): Promise<CandidateRecord[]> {
  const places = placesOf(await readOrNothing(join(directory, recordsNameOf(slot))))
  return places.map(decodeCandidateRecord).filter((record) => record !== undefined)
}

/** Nobody is writing to them, and each has files of its own. */
export async function removeCandidateRecords(directory: string, slot: number): Promise<void> {
  await rm(join(directory, recordsNameOf(slot)), { force: true })
}

function placesOf(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / PLACE_SIZE) }, (_, place) =>
    bytes.subarray(place * PLACE_SIZE, (place + 1) * PLACE_SIZE),
  )
}

async function readOrNothing(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return new Uint8Array(0)
    throw error
  }
}
