import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Segment } from '@headframe/core/journal/segment'
import { SegmentError } from '@headframe/core/journal/segment-error'
import { SegmentRefused } from '@headframe/db/journal/segment-refused'
import { isMissing } from '../is-missing.js'
import type { Log } from '../log.js'
import type { JournalDirectory, SegmentPlace } from './journal-directory.js'
import type { JournalFiles } from './journal-files.js'
import { removeShipped } from './remove-shipped.js'
import type { Ship } from './ship-loop.js'

/** Between two attempts to append a segment that the database has refused. */
export const HOLD_MS = 60_000
/** Between two looks at all files of a writer, for what can be removed and for a gap in the chain. */
export const TIDY_EVERY_MS = 10_000

export interface SegmentShipperModules {
  readonly directory: JournalDirectory
  readonly files: Pick<JournalFiles, 'open' | 'readFile' | 'unlink'>
  /**
   * `@headframe/db/journal/append-segment`: all of the segment or nothing. Throws SegmentRefused when it does not
   * continue its writer's chain.
   */
  readonly appendSegment: (segment: Segment, bytes: Uint8Array) => Promise<'appended' | 'already'>
  /** `@headframe/db/journal/read-cursor`: which segment of a writer comes next. */
  readonly readNextSeq: (writerId: string) => Promise<bigint>
  readonly log: Log
  readonly nowMs: () => number
}

interface LoadedSegment {
  readonly place: SegmentPlace
  readonly segment: Segment
  readonly bytes: Uint8Array
}

/** One writer's chain. Segments that have arrived are still there for a while, so it is known which comes next. */
interface Lane {
  readonly writerId: string
  nextSeq: bigint
  /** That segment. */
  loaded: LoadedSegment | undefined
  tidiedAtMs: number
  /** The gap that the log was told of. */
  toldGapSeq: bigint | undefined
}

/**
 * Moves sealed segments to Postgres: the oldest first over all writers, those of a writer in the order of its chain.
 * What it remembers only saves work; the cursor in the database decides what has arrived.
 */
export class SegmentShipper implements Ship {
  readonly name = 'segments'
  readonly #modules: SegmentShipperModules
  readonly #lanes = new Map<string, Lane>()
  readonly #heldUntilMs = new Map<string, number>()

  constructor(modules: SegmentShipperModules) {
    this.#modules = modules
  }

  /** How far a writer's segments have arrived, as far as that is known; and whether the next is refused. */
  standingOf(writerId: string): { readonly nextSeq: bigint | undefined; readonly isHeld: boolean } {
    const isHeld = (this.#heldUntilMs.get(writerId) ?? 0) > this.#modules.nowMs()
    return { nextSeq: this.#lanes.get(writerId)?.nextSeq, isHeld }
  }

  /** Throws what the disk and the database throw, but for refusals, which concern one writer alone. */
  async run(signal: AbortSignal): Promise<void> {
    const lanes = await this.#openLanes()
    while (!signal.aborted) {
      const lane = await this.#oldest(lanes)
      if (lane === undefined) break
      await this.#ship(lane)
    }
    for (const lane of lanes) await this.#tidy(lane)
  }

  async #openLanes(): Promise<Lane[]> {
    const lanes: Lane[] = []
    for (const writerId of await this.#modules.directory.listWriters()) {
      if ((this.#heldUntilMs.get(writerId) ?? 0) > this.#modules.nowMs()) continue
      let lane = this.#lanes.get(writerId)
      if (lane === undefined) {
        const nextSeq = await this.#modules.readNextSeq(writerId)
        lane = { writerId, nextSeq, loaded: undefined, tidiedAtMs: -Infinity, toldGapSeq: undefined }
        this.#lanes.set(writerId, lane)
      }
      lanes.push(lane)
    }
    return lanes
  }

  async #oldest(lanes: readonly Lane[]): Promise<Lane | undefined> {
    let oldest: Lane | undefined
    for (const lane of lanes) {
      if (!this.#lanes.has(lane.writerId)) continue
      lane.loaded ??= await this.#load(lane)
      if (lane.loaded === undefined) continue
      if (oldest?.loaded === undefined || sealedAtMs(lane.loaded) < sealedAtMs(oldest.loaded)) oldest = lane
    }
    return oldest
  }

  /** Undefined when the next segment is not sealed yet, or is no good. */
  async #load(lane: Lane): Promise<LoadedSegment | undefined> {
    const { directory, files } = this.#modules
    const place = directory.placeOf(lane.writerId, lane.nextSeq, 'sealed')
    try {
      const bytes = await files.readFile(place.path)
      const segment = decodeSegment(bytes)
      expectPlace(segment, place)
      return { place, segment, bytes }
    } catch (error) {
      if (error instanceof SegmentError) await this.#setAside(place, error)
      else if (!isMissing(error)) throw error
      return undefined
    }
  }

  async #ship(lane: Lane): Promise<void> {
    const { place, segment, bytes } = lane.loaded!
    try {
      await this.#modules.appendSegment(segment, bytes)
    } catch (error) {
      if (!isRefusal(error)) throw error
      this.#hold(lane, place, error)
      return
    }
    lane.nextSeq = place.segmentSeq + 1n
    lane.loaded = undefined
  }

  async #setAside(place: SegmentPlace, error: SegmentError): Promise<void> {
    const { directory, log, nowMs } = this.#modules
    const reason = { code: error.code, offset: error.offset, message: error.message, atMs: nowMs() }
    const path = await directory.setAside(place, reason)
    log.error(
      { alarm: 'segment-damaged', err: error, path },
      'shipper: a segment is damaged; its writer is held',
    )
  }

  /** The cursor is read again afterwards: the database may be another than it was. */
  #hold(lane: Lane, place: SegmentPlace, error: unknown): void {
    const { log, nowMs } = this.#modules
    this.#lanes.delete(lane.writerId)
    this.#heldUntilMs.set(lane.writerId, nowMs() + HOLD_MS)
    log.error(
      { alarm: 'segment-refused', err: error, path: place.path },
      'shipper: the database refuses a segment; its writer is held',
    )
  }

  async #tidy(lane: Lane): Promise<void> {
    const { directory, files, nowMs } = this.#modules
    const atMs = nowMs()
    // A clock that was set back must not keep old files.
    if (Math.abs(atMs - lane.tidiedAtMs) < TIDY_EVERY_MS || !this.#lanes.has(lane.writerId)) return
    lane.tidiedAtMs = atMs
    const sealed = (await directory.listSegments(lane.writerId)).filter(({ state }) => state === 'sealed')
    this.#tellGap(lane, sealed)
    await removeShipped(sealed, lane.nextSeq, atMs, files)
  }

  /** What comes behind a segment that is missing waits until it is back. */
  #tellGap(lane: Lane, sealed: readonly SegmentPlace[]): void {
    const waiting = sealed.filter(({ segmentSeq }) => segmentSeq >= lane.nextSeq)
    const isGap = waiting.length > 0 && waiting[0]!.segmentSeq !== lane.nextSeq
    if (!isGap || lane.toldGapSeq === lane.nextSeq) return
    lane.toldGapSeq = lane.nextSeq
    const { path } = this.#modules.directory.placeOf(lane.writerId, lane.nextSeq, 'sealed')
    this.#modules.log.error(
      { alarm: 'segment-missing', path, held: waiting.length },
      'shipper: segments wait for one that is missing',
    )
  }
}

const sealedAtMs = ({ segment }: LoadedSegment): number => segment.trailer.sealedAtMs

/** A file that was renamed or copied by hand holds a sound segment in the wrong place. */
function expectPlace({ header }: Segment, place: SegmentPlace): void {
  if (header.writerId === place.writerId && header.segmentSeq === place.segmentSeq) return
  throw new SegmentError('bad-value', 0, `this is segment ${header.segmentSeq} of ${header.writerId}`)
}

/** SQLSTATE classes 22 and 23: what the database says to data that it will never take. */
const DATA_FAULT = /^2[23]...$/

function isRefusal(error: unknown): boolean {
  if (error instanceof SegmentRefused) return true
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && DATA_FAULT.test(error.code)
  )
}
