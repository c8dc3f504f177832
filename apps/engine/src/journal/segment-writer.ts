import { randomBytes } from 'node:crypto'
import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import type { AcceptedShare, WorkerIdentity } from '@headframe/core/journal/segment'
import type { RejectReason } from '@headframe/core/share/share'
import { GroupBuilder, type Group } from './group-builder.js'
import { JournalDirectory } from './journal-directory.js'
import { openSlot, type OpenedSlot, type OpenSlotModules } from './open-slot.js'
import { recoverChain, type CommittedPart } from './recover-chain.js'
import { SegmentFile } from './segment-file.js'
import { MAX_PENDING_BYTES, RETRY_AFTER_MS, SEAL_AFTER_MS, SEAL_AT_BYTES } from './writer-options.js'
import type { JournalShare, SegmentWriterModules, SegmentWriterOptions } from './writer-options.js'

/** Attempts between two lines in the log about a disk that stays broken. */
const LOG_EVERY_RETRIES = 60

/** `failed`: the disk cannot be written; the writer goes on trying. */
export type WriterState = 'ready' | 'failed' | 'closed'

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] }
const NO_BYTES = new Uint8Array(0)

/**
 * The journal of one stratum process: a chain of segment files. What arrives while a group is written and synced
 * goes into the next one, so that one `fdatasync` covers every share of a group and no share waits for a timer.
 */
export class SegmentWriter {
  readonly writerId: string
  readonly #options: SegmentWriterOptions
  readonly #modules: OpenSlotModules
  readonly #groups: GroupBuilder
  readonly #commitListeners: ((committedSeq: number) => void)[] = []
  readonly #recoverySteps: (() => Promise<void>)[] = []
  readonly #failListeners: ((failedSeq: number) => void)[] = []
  readonly #ticker: NodeJS.Timeout
  readonly #share: Mutable<AcceptedShare> = {
    acceptedAtMs: 0,
    assignedDifficulty: 0,
    extranonce1: NO_BYTES,
    extranonce2: NO_BYTES,
    ntime: 0,
    nonce: 0,
    version: 0,
  }
  #state: WriterState = 'ready'
  #isScheduled = false
  /** Between a failure and the recovery: what is pending must not be written. */
  #isBroken = false
  #running: Promise<void> = Promise.resolve()
  #file: SegmentFile | undefined
  #retryTimer: NodeJS.Timeout | undefined
  #retries = 0
  #appendedSeq = 0
  #takenSeq = 0
  #committedSeq = 0
  #committedShareSeq: number

  /**
   * Recovers the chain of the slot and continues it. Throws JournalError when the journal is of another network,
   * and whatever the disk throws.
   */
  static async open(options: SegmentWriterOptions, modules: SegmentWriterModules): Promise<SegmentWriter> {
    const { log, nowMs, files = nodeFiles } = modules
    const randomSuffix = modules.randomSuffix ?? (() => randomBytes(4).toString('hex'))
    const directory = new JournalDirectory(join(options.dataDir, 'journal'), files)
    const slotModules = { log, nowMs, files, directory, randomSuffix }
    return new SegmentWriter(options, slotModules, await openSlot(options, slotModules))
  }

  private constructor(options: SegmentWriterOptions, modules: OpenSlotModules, slot: OpenedSlot) {
    const {
      sealAfterMs = SEAL_AFTER_MS,
      sealAtBytes = SEAL_AT_BYTES,
      maxPendingBytes = MAX_PENDING_BYTES,
    } = options
    this.writerId = slot.writerId
    this.#options = options
    this.#modules = modules
    const { network } = options
    const { writerId } = slot
    this.#groups = new GroupBuilder({ writerId, network, sealAfterMs, sealAtBytes, maxPendingBytes })
    this.#groups.continueFrom(slot.head, slot.incarnation)
    this.#committedShareSeq = this.#groups.nextShareSeq
    this.#ticker = setInterval(() => this.#sealIfDue(), sealAfterMs / 4).unref()
  }

  get state(): WriterState {
    return this.#state
  }

  /** Which start or recovery of the slot this is: whatever has a lower one came before. */
  get incarnation(): number {
    return this.#groups.incarnation
  }

  /** Sequence number in the journal of the share that is appended next. */
  get nextShareSeq(): bigint {
    return BigInt(this.#state === 'ready' ? this.#groups.nextShareSeq : this.#committedShareSeq)
  }

  /** Grows by one with each append. */
  get appendedSeq(): number {
    return this.#appendedSeq
  }

  /** What `appendedSeq` was after the last append that is on the disk, or was lost before the last recovery. */
  get committedSeq(): number {
    return this.#committedSeq
  }

  /** What `committedSeq` will be after the group commit that is under way. */
  get takenSeq(): number {
    return this.#takenSeq
  }

  /** Called once a group commit, with the new `committedSeq`. */
  onCommit(listener: (committedSeq: number) => void): void {
    this.#commitListeners.push(listener)
  }

  /**
   * Called when the disk has failed: what was appended above `committedSeq`, up to `failedSeq`, will never be in the
   * journal. The recovery takes `committedSeq` past it, so whoever waits for it must be told before.
   */
  onFail(listener: (failedSeq: number) => void): void {
    this.#failListeners.push(listener)
  }

  /**
   * A step of the recovery from a failed disk, behind the journal's own: what was appended and is not in the journal
   * must be forgotten before anything can be appended again. Until the step is done the writer stays unavailable; if
   * it throws, the recovery is tried again.
   */
  beforeReady(step: () => Promise<void>): void {
    this.#recoverySteps.push(step)
  }

  /** Hot: no await, no closure. `full`: the disk does not keep up. `unavailable`: it has failed, or this is closed. */
  append(share: JournalShare): 'appended' | 'full' | 'unavailable' {
    if (this.#state !== 'ready') return 'unavailable'
    const { worker, assigned, submission } = share
    const record = this.#share
    record.acceptedAtMs = share.atMs
    record.assignedDifficulty = assigned.assignedDifficulty
    record.extranonce1 = assigned.extranonce1
    record.extranonce2 = submission.extranonce2
    record.ntime = submission.ntime
    record.nonce = submission.nonce
    record.version = share.check.version
    if (!this.#groups.append(record, assigned.job, worker)) return 'full'
    this.#appendedSeq++
    this.#schedule()
    return 'appended'
  }

  /** Counts of rejects reach the disk when a segment is sealed. */
  countReject(worker: WorkerIdentity, reason: RejectReason, atMs: number): void {
    this.#groups.countReject(worker, reason, atMs)
  }

  /** Commits and seals what was appended; nothing can be appended from now on. */
  async close(): Promise<void> {
    const wasReady = this.#state === 'ready'
    this.#state = 'closed'
    clearInterval(this.#ticker)
    clearTimeout(this.#retryTimer)
    if (wasReady) this.#start()
    await this.#running
    await this.#file?.abandon()
  }

  #sealIfDue(): void {
    if (this.#state === 'ready' && this.#groups.isSealDue(this.#modules.nowMs())) this.#schedule()
  }

  /** The group begins when all sockets that had something to say in this turn of the event loop were heard. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(this.#start)
  }

  readonly #start = (): void => {
    this.#running = this.#running.then(this.#run)
  }

  readonly #run = async (): Promise<void> => {
    for (let group = this.#takeGroup(); group !== undefined; group = this.#takeGroup()) {
      const appendedSeq = this.#appendedSeq
      this.#takenSeq = appendedSeq
      const error = await this.#failureOf(this.#commit(group))
      if (error === undefined) this.#report(group, appendedSeq)
      const sealError = error ?? (group.isSeal ? await this.#failureOf(this.#seal(group)) : undefined)
      if (sealError !== undefined) {
        if (error !== undefined) this.#groups.restoreRejects(group, this.#modules.nowMs())
        await this.#fail(sealError, group)
        return
      }
    }
    this.#isScheduled = false
  }

  /** What there is to write now, if anything. */
  #takeGroup(): Group | undefined {
    if (this.#isBroken) return undefined
    const nowMs = this.#modules.nowMs()
    const mustSeal = this.#state === 'closed'
    const isSealDue = mustSeal ? this.#groups.isUnsealed : this.#groups.isSealDue(nowMs)
    return isSealDue || !this.#groups.isEmpty ? this.#groups.take(nowMs, mustSeal) : undefined
  }

  async #commit(group: Group): Promise<void> {
    const { directory, files } = this.#modules
    this.#file ??= await SegmentFile.create(
      directory.placeOf(this.writerId, group.segmentSeq, 'open').path,
      files,
    )
    await this.#file.append(group.bytes)
  }

  async #seal(group: Group): Promise<void> {
    await this.#file?.seal(this.#modules.directory.placeOf(this.writerId, group.segmentSeq, 'sealed').path)
    this.#file = undefined
    const lostRejects = this.#groups.takeLostRejects()
    if (lostRejects > 0)
      this.#modules.log.warn({ lostRejects }, 'journal: more kinds of rejects than are counted')
  }

  #report(group: Group, appendedSeq: number): void {
    this.#groups.release()
    this.#committedSeq = appendedSeq
    this.#committedShareSeq = group.nextShareSeq
    for (const listener of this.#commitListeners) listener(appendedSeq)
  }

  /** Only the disk's errors are the writer's to handle; those of a listener are not caught. */
  async #failureOf(step: Promise<void>): Promise<unknown> {
    try {
      await step
      return undefined
    } catch (error) {
      return error ?? new Error('the disk failed without saying why')
    }
  }

  /** After a failed sync nothing can be said of the bytes behind the last good one: they are cut off. */
  async #fail(error: unknown, group: Group): Promise<void> {
    this.#modules.log.error(
      { err: error, writerId: this.writerId },
      'journal: cannot write; shares are refused',
    )
    const file = this.#file
    const committed = file && { segmentSeq: group.segmentSeq, bytes: file.committedBytes }
    this.#file = undefined
    this.#isBroken = true
    if (this.#state === 'ready') this.#state = 'failed'
    for (const listener of this.#failListeners) listener(this.#appendedSeq)
    await file?.abandon()
    if (this.#state === 'failed') this.#retryLater(committed)
  }

  #retryLater(committed: CommittedPart | undefined): void {
    const retry = (): void => {
      this.#running = this.#running.then(() => this.#recover(committed))
    }
    this.#retryTimer = setTimeout(retry, this.#options.retryAfterMs ?? RETRY_AFTER_MS).unref()
  }

  async #recover(committed: CommittedPart | undefined): Promise<void> {
    const { log, directory } = this.#modules
    const { writerId } = this
    try {
      const head = await recoverChain({ writerId, network: this.#options.network }, this.#modules, committed)
      const incarnation = Math.max(this.incarnation, head.incarnation) + 1
      await directory.writeIncarnation(writerId, incarnation)
      this.#groups.continueFrom(head, incarnation)
      for (const step of this.#recoverySteps) await step()
    } catch (error) {
      if (this.#retries++ % LOG_EVERY_RETRIES === 0)
        log.error({ err: error, writerId }, 'journal: still cannot write')
      if (this.#state === 'failed') this.#retryLater(committed)
      return
    }
    this.#retries = 0
    this.#isBroken = false
    this.#isScheduled = false
    // Nobody waits for what was lost, and who comes now must not wait for somebody else's share.
    this.#committedSeq = this.#takenSeq = this.#appendedSeq
    if (this.#state === 'failed') this.#state = 'ready'
    log.info({ writerId, incarnation: this.incarnation }, 'journal: can write again')
  }
}
