import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Segment } from '@headframe/core/journal/segment'
import { SegmentError } from '@headframe/core/journal/segment-error'
import { SegmentRefused } from '@headframe/db/journal/segment-refused'
import { isMissing } from '../is-missing.js'
import type { Log } from '../log.js'
import type { JournalDirectory, SegmentPlace } from './journal-directory.js'
import type { JournalFiles } from './journal-files.js'
import type { Ship } from './ship-loop.js'

/** Between two attempts to append a segment that the database has refused. */
export const HOLD_MS = 60_000

export interface SegmentShipperModules {
  readonly directory: JournalDirectory
  readonly files: Pick<JournalFiles, 'readFile' | 'unlink'>
  /**
   * `@headframe/db/journal/append-segment`: all of the segment or nothing. Throws SegmentRefused when it does not
   * continue its writer's chain.
   */
  readonly appendSegment: (segment: Segment, bytes: Uint8Array) => Promise<'appended' | 'already'>
  readonly log: Log
  readonly nowMs: () => number
}

interface LoadedSegment {
  readonly place: SegmentPlace
  readonly segment: Segment
  readonly bytes: Uint8Array
}

/** What one writer has to ship, in the order of its chain. */
interface Lane {
  readonly writerId: string
  readonly waiting: SegmentPlace[]
  /** The first of them. */
  loaded: LoadedSegment | undefined
}

/**
 * Moves sealed segments to Postgres: the oldest first over all writers, those of a writer in the order of its chain.
 * What it remembers only saves work; the cursor in the database decides what has arrived.
 */
export class SegmentShipper implements Ship {
  readonly name = 'segments'
  readonly #modules: SegmentShipperModules
  readonly #shippedSeq = new Map<string, bigint>()
  readonly #heldUntilMs = new Map<string, number>()
  /** Writers of whose gap the log was told. */
  readonly #gapsTold = new Set<string>()

  constructor(modules: SegmentShipperModules) {
    this.#modules = modules
  }

  /** Throws what the disk and the database throw, but for refusals, which concern one writer alone. */
  async run(signal: AbortSignal): Promise<void> {
    const lanes = await this.#listLanes()
    while (!signal.aborted) {
      const lane = await this.#oldest(lanes)
      if (lane === undefined) return
      await this.#ship(lane)
    }
  }

  async #listLanes(): Promise<Lane[]> {
    const lanes: Lane[] = []
    for (const writerId of await this.#modules.directory.listWriters()) {
      if ((this.#heldUntilMs.get(writerId) ?? 0) > this.#modules.nowMs()) continue
      const waiting = await this.#listWaiting(writerId)
      if (waiting.length > 0) lanes.push({ writerId, waiting, loaded: undefined })
    }
    return lanes
  }

  async #listWaiting(writerId: string): Promise<SegmentPlace[]> {
    const { directory } = this.#modules
    const sealed = (await directory.listSegments(writerId)).filter(({ state }) => state === 'sealed')
    const shippedSeq = this.#shippedSeq.get(writerId) ?? -1n
    // The newest one carries the chain over a restart of the writer, so it stays although it has arrived.
    for (const place of sealed.slice(0, -1)) {
      if (place.segmentSeq <= shippedSeq) await this.#remove(place)
    }
    const waiting = sealed.filter(({ segmentSeq }) => segmentSeq > shippedSeq)
    if (waiting.length === 0) return []
    const gap = (await directory.listAside(writerId))[0]
    return gap === undefined ? waiting : this.#upTo(gap, waiting)
  }

  /** What comes behind a segment that was set aside waits until it is back. */
  #upTo(gap: SegmentPlace, waiting: readonly SegmentPlace[]): SegmentPlace[] {
    const before = waiting.filter(({ segmentSeq }) => segmentSeq < gap.segmentSeq)
    if (before.length < waiting.length && !this.#gapsTold.has(gap.writerId)) {
      this.#gapsTold.add(gap.writerId)
      const held = waiting.length - before.length
      this.#modules.log.error(
        { alarm: 'segment-missing', path: gap.path, held },
        'shipper: segments wait for one that was set aside',
      )
    }
    return before
  }

  async #oldest(lanes: readonly Lane[]): Promise<Lane | undefined> {
    let oldest: Lane | undefined
    for (const lane of lanes) {
      lane.loaded ??= await this.#load(lane)
      if (lane.loaded === undefined) continue
      if (oldest?.loaded === undefined || sealedAtMs(lane.loaded) < sealedAtMs(oldest.loaded)) oldest = lane
    }
    return oldest
  }

  async #load(lane: Lane): Promise<LoadedSegment | undefined> {
    const place = lane.waiting[0]
    if (place === undefined) return undefined
    const bytes = await this.#modules.files.readFile(place.path)
    try {
      const segment = decodeSegment(bytes)
      expectPlace(segment, place)
      return { place, segment, bytes }
    } catch (error) {
      if (!(error instanceof SegmentError)) throw error
      await this.#setAside(lane, place, error)
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
    this.#shippedSeq.set(lane.writerId, place.segmentSeq)
    lane.waiting.shift()
    lane.loaded = undefined
    if (lane.waiting.length > 0) await this.#remove(place)
  }

  async #setAside(lane: Lane, place: SegmentPlace, error: SegmentError): Promise<void> {
    const { directory, log, nowMs } = this.#modules
    lane.waiting.length = 0
    const reason = { code: error.code, offset: error.offset, message: error.message, atMs: nowMs() }
    const path = await directory.setAside(place, reason)
    log.error(
      { alarm: 'segment-damaged', err: error, path },
      'shipper: a segment is damaged; its writer is held',
    )
  }

  #hold(lane: Lane, place: SegmentPlace, error: unknown): void {
    const { log, nowMs } = this.#modules
    lane.waiting.length = 0
    lane.loaded = undefined
    this.#heldUntilMs.set(lane.writerId, nowMs() + HOLD_MS)
    log.error(
      { alarm: 'segment-refused', err: error, path: place.path },
      'shipper: the database refuses a segment; its writer is held',
    )
  }

  async #remove(place: SegmentPlace): Promise<void> {
    try {
      await this.#modules.files.unlink(place.path)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
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
