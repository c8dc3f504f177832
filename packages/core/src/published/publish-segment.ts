import { encodeSegment } from '../journal/encode-segment.js'
import type { Segment, SegmentRecord, WorkerIdentity } from '../journal/segment.js'

/**
 * The form in which a segment is published: a segment of its own, with the same jobs and shares, that says no more of
 * a worker than whom he mines for, and nothing of rejects. It names the writer's published segment before it.
 *
 * Its bytes follow from the arguments alone, so whoever publishes twice publishes the same.
 */
export function publishSegment(
  { header, records, trailer }: Segment,
  prevPublishedHash: Uint8Array,
): Uint8Array {
  const names = new WorkerNames()
  const kept: SegmentRecord[] = []
  for (const record of records) {
    if (record.kind === 'job') kept.push(record)
    else if (record.kind === 'worker') names.add(record, kept)
    else if (record.kind === 'share') kept.push({ ...record, workerRef: names.refOf(record.workerRef) })
  }
  const published = { ...header, prevSegmentHash: prevPublishedHash }
  return encodeSegment(published, kept.length === 0 ? [] : [kept], trailer.sealedAtMs)
}

/** Workers of one miner and mode become one: how many rigs he has is his own affair. */
class WorkerNames {
  readonly #refs: number[] = []
  readonly #byMiner = new Map<string, number>()

  add({ address, mode }: WorkerIdentity, kept: SegmentRecord[]): void {
    const key = `${mode} ${address}`
    const known = this.#byMiner.get(key)
    if (known !== undefined) {
      this.#refs.push(known)
      return
    }
    const workerRef = this.#byMiner.size
    this.#byMiner.set(key, workerRef)
    this.#refs.push(workerRef)
    kept.push({ kind: 'worker', workerRef, address, workerName: '', mode })
  }

  refOf(workerRef: number): number {
    return this.#refs[workerRef]!
  }
}
