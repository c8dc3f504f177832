import type { FrameBuffer } from '@headframe/core/journal/frame-buffer'
import { encodeJob, encodeWorker, type EncodedRecord } from '@headframe/core/journal/encode-record'
import type {
  AcceptedShare,
  JobContent,
  SegmentHeader,
  WorkerIdentity,
} from '@headframe/core/journal/segment'
import { SegmentBuilder } from '@headframe/core/journal/segment-builder'
import { WorkMemo } from '@headframe/core/journal/work-memo'
import type { RejectCount } from './reject-counts.js'

interface NamedRecord extends EncodedRecord {
  /** Equal for records of equal content. */
  readonly key: string
}

/** Records as bytes, made once for as long as their object lives, and kept over segments. */
export class RecordMemo {
  readonly works = new WorkMemo()
  readonly #jobs = new WeakMap<JobContent, NamedRecord>()
  readonly #workers = new WeakMap<WorkerIdentity, NamedRecord>()

  job(job: JobContent): NamedRecord {
    let record = this.#jobs.get(job)
    if (record === undefined) {
      record = named(encodeJob(job))
      this.#jobs.set(job, record)
    }
    return record
  }

  worker(worker: WorkerIdentity): NamedRecord {
    let record = this.#workers.get(worker)
    if (record === undefined) {
      record = named(encodeWorker(worker))
      this.#workers.set(worker, record)
    }
    return record
  }
}

function named(record: EncodedRecord): NamedRecord {
  return { ...record, key: Buffer.from(record.digest).toString('latin1') }
}

/** The segment that shares go to now: it introduces each job and worker before its first share. */
export class OpenSegment {
  readonly #builder: SegmentBuilder
  readonly #memo: RecordMemo
  readonly #jobRefs = new Map<string, number>()
  readonly #workerRefs = new Map<string, number>()

  constructor(header: SegmentHeader, frame: FrameBuffer, memo: RecordMemo) {
    this.#builder = new SegmentBuilder(header, frame, memo.works)
    this.#memo = memo
  }

  get header(): SegmentHeader {
    return this.#builder.header
  }

  /** False when the frame has no room for it. */
  addShare(frame: FrameBuffer, share: AcceptedShare, job: JobContent, worker: WorkerIdentity): boolean {
    const jobRecord = this.#memo.job(job)
    const workerRecord = this.#memo.worker(worker)
    let jobRef = this.#jobRefs.get(jobRecord.key)
    let workerRef = this.#workerRefs.get(workerRecord.key)
    const extraBytes =
      (jobRef === undefined ? jobRecord.bytes.length : 0) +
      (workerRef === undefined ? workerRecord.bytes.length : 0)
    if (!this.#builder.hasRoomForShare(frame, extraBytes)) return false
    jobRef ??= this.#introduceJob(frame, jobRecord)
    workerRef ??= this.#introduceWorker(frame, workerRecord)
    this.#builder.addShare(frame, jobRef, workerRef, share)
    return true
  }

  /** False when the frame has no room for it. */
  addRejects(frame: FrameBuffer, { worker, minuteMs, reason, count }: RejectCount): boolean {
    const record = this.#memo.worker(worker)
    const workerRef = this.#workerRefs.get(record.key)
    const extraBytes = workerRef === undefined ? record.bytes.length : 0
    if (!this.#builder.hasRoomForRejects(frame, extraBytes)) return false
    const ref = workerRef ?? this.#introduceWorker(frame, record)
    this.#builder.addRejects(frame, ref, minuteMs, reason, count)
    return true
  }

  seal(frame: FrameBuffer, sealedAtMs: number): void {
    this.#builder.addTrailer(frame, sealedAtMs)
  }

  #introduceJob(frame: FrameBuffer, record: NamedRecord): number {
    const ref = this.#builder.addJob(frame, record)
    this.#jobRefs.set(record.key, ref)
    return ref
  }

  #introduceWorker(frame: FrameBuffer, record: NamedRecord): number {
    const ref = this.#builder.addWorker(frame, record)
    this.#workerRefs.set(record.key, ref)
    return ref
  }
}
