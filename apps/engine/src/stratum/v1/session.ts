import { EXTRANONCE2_SIZE, SESSION_EXTRANONCE1_SIZE } from '@headframe/core/job/job'
import type { RejectReason } from '@headframe/core/share/share'
import { DEFAULT_PROFILE, type ClientProfile } from '@headframe/core/stratum/client-profile'
import { ALIASES_PER_JOB } from '@headframe/core/stratum/job-position'
import { notifyLine } from '@headframe/core/stratum/notify'
import * as lines from '@headframe/core/stratum/push'
import { readText } from '@headframe/core/stratum/params/text'
import { errorOfReason, type StratumError } from '@headframe/core/stratum/reject-code'
import { errorLine, resultLine } from '@headframe/core/stratum/reply'
import type { RequestId } from '@headframe/core/stratum/request'
import type { Vardiff } from '@headframe/core/vardiff/vardiff'
import type { PeerId } from '../../guard/peer-guard.js'
import type { ConnectionTrace } from '../../live/connection-trace.js'
import type { Payout } from '../../jobs/job-variants.js'
import type { CloseReason } from '../close-reason.js'
import type { Connection } from '../connection.js'
import type { WorkLine } from '../work-line.js'
import type { Work } from '../work.js'
import type { Desk } from './desk.js'
import { GrantHistory } from './grant-history.js'
import type { SessionMover, SessionOptions, SessionParts } from './session-parts.js'
import type { ClientKind } from '../client-census.js'
import type { SessionWorker } from './session-worker.js'

/** Ids of what the pool asks a miner: none that a miner would use for its own. */
const VERSION_REQUEST_ID = 2_000_000_001
const PING_REQUEST_ID = 2_000_000_002

/** The protocol state of one Stratum v1 peer. `v1/handlers/` has what each method does to it. */
export class Session {
  readonly options: SessionOptions
  readonly desk: Desk
  readonly connection: Connection
  readonly vardiff: Vardiff
  readonly peerId: PeerId
  readonly mover: SessionMover
  readonly trace: ConnectionTrace
  readonly grants = new GrantHistory()
  readonly workers = new Map<string, SessionWorker>()
  /** Who submitted last; mostly it is who submits next. */
  lastWorker: SessionWorker | undefined
  userAgent = ''
  profile: ClientProfile = DEFAULT_PROFILE
  /** Undefined until the peer has subscribed. `SESSION_EXTRANONCE1_SIZE` bytes, this session's alone. */
  extranonce1: Uint8Array | undefined
  /** What the miner names to get this session back; hex. */
  sessionId = ''
  /** Bytes of extranonce2 that the miner was told; what is missing to the job's size stands before it as zeros. */
  extranonce2Size = EXTRANONCE2_SIZE
  /** The job whose transactions were listed last. */
  listedJobId: string | undefined
  /** Bits the miner may roll from its next job on (BIP 310). */
  versionMask = 0
  /** On a solo port, whom the coinbase of its jobs pays: its first worker, for as long as the session lives. */
  payout: Payout | undefined
  /** Whether the miner understands `mining.set_extranonce`. */
  takesExtranonce = false
  /** As what it is counted while it is here. */
  #kind: ClientKind | undefined
  /** Whether the miner was sent work on this connection. */
  #hasBegun = false
  /** For the miner's owner, once there is work. */
  #notice: string | undefined
  /** What it was told of the operator last. */
  #heard: string | undefined

  constructor(options: SessionOptions, desk: Desk, parts: SessionParts) {
    this.options = options
    this.desk = desk
    this.connection = parts.connection
    this.vardiff = parts.vardiff
    this.peerId = parts.peerId
    this.mover = parts.mover
    this.trace = parts.trace
  }

  /** Difficulty of the job that was sent last; 0 before the first. */
  get difficulty(): number {
    return this.grants.latest?.grant.difficulty ?? 0
  }

  /** Whether the miner has what it needs to work. */
  get isReady(): boolean {
    return this.extranonce1 !== undefined && this.workers.size > 0
  }

  /** What the miner is told as its extranonce1: its own part, and the zeros that a short extranonce2 leaves. */
  get wireExtranonce1(): Uint8Array {
    const wire = new Uint8Array(SESSION_EXTRANONCE1_SIZE + EXTRANONCE2_SIZE - this.extranonce2Size)
    if (this.extranonce1 !== undefined) wire.set(this.extranonce1)
    return wire
  }

  /** Answers a request; a notification (no id) wants none. */
  answer(id: RequestId | undefined, result: unknown): void {
    if (id !== undefined) this.reply(resultLine(id, result))
  }

  refuse(id: RequestId | undefined, error: StratumError, afterCommit = 0): void {
    if (id !== undefined) this.reply(errorLine(id, error), afterCommit)
  }

  reject(id: RequestId | undefined, reason: RejectReason, afterCommit = 0): void {
    this.refuse(id, errorOfReason(reason), afterCommit)
  }

  /** The miner has sent something that earns nothing; who does hardly anything else is not kept. */
  blame(reason: RejectReason): void {
    const judgement = this.desk.guard.onVerdict(this.peerId, reason, this.desk.monotonicMs())
    if (judgement === 'too-many-rejects' || judgement === 'banned') this.close(judgement)
  }

  /** A line that must not leave before the journal has what was appended to it as number `afterCommit`. */
  reply(line: string, afterCommit = 0): void {
    this.connection.reply(line, afterCommit)
  }

  /** The miner has said what it is. */
  introduce(userAgent: string): void {
    this.userAgent = userAgent
    const { profiles } = this.desk
    this.profile = profiles.match(userAgent)
    if (this.#kind !== undefined) profiles.census.leave(this.#kind)
    this.#kind = profiles.census.join(this.profile.name, userAgent)
    this.connection.isSeparating = this.profile.oneMessagePerPacket
    // The size is part of what subscribe answers: later it stays.
    if (this.extranonce1 === undefined) this.extranonce2Size = this.profile.extranonce2Bytes
    for (const { presence } of this.workers.values()) {
      presence.userAgent = userAgent
      this.desk.presence.touch(presence)
    }
    this.follow(this.vardiff.onMinimum(this.desk.monotonicMs(), this.profile.minDifficulty))
  }

  /** Takes over what vardiff has decided, if anything: from the next job on, and there is a next job at once. */
  follow(difficulty: number | undefined): void {
    if (difficulty !== undefined && difficulty !== this.difficulty) this.renewWork()
  }

  /** Its jobs pay somebody else from now on: of those before, it was promised nothing. */
  payTo(payout: Payout): void {
    if (this.payout !== undefined) this.grants.restore([], this.grants.lastPosition)
    this.payout = payout
  }

  /** Text for the miner's owner; some firmware shows it. Not before there is work: nothing may precede that. */
  showMessage(text: string): void {
    if (this.#hasBegun) this.connection.push(lines.showMessageLine(text))
    else this.#notice = text
  }

  /** Of the operator, for all miners: once, and only to one that has work. */
  hear(message: string): void {
    if (!this.#hasBegun || message === this.#heard) return
    this.#heard = message
    this.showMessage(message)
  }

  /** Asks a miner that has not said what it is. */
  askVersion(): void {
    if (this.userAgent === '' && this.isReady) this.connection.push(lines.getVersionLine(VERSION_REQUEST_ID))
  }

  /** The miner has answered something that we asked. */
  hearAnswer(id: RequestId, result: unknown): void {
    const userAgent = id === VERSION_REQUEST_ID ? readText(result) : undefined
    if (userAgent !== undefined && this.userAgent === '') this.introduce(userAgent)
  }

  /** Asks the miner to connect again, to the same host. */
  sayReconnect(): void {
    if (this.isReady) this.connection.push(lines.reconnectLine())
  }

  /** Asks the miner whether it is there. */
  ping(): void {
    this.connection.push(lines.pingLine(PING_REQUEST_ID))
  }

  /**
   * To be called when the miner may have become ready: sends the difficulty, then the job. A miner that subscribes
   * again gets both again.
   */
  begin(): void {
    const work = this.desk.currentWork()
    if (!this.isReady || work === undefined) return
    this.#hasBegun = true
    // Some firmware waits for the mask although it was told in the answer to its configure.
    if (this.versionMask !== 0) this.connection.push(lines.setVersionMaskLine(this.versionMask))
    this.#send(work, this.vardiff.difficulty, true)
    if (this.difficulty > 0) this.trace.job(this.difficulty)
    if (this.#notice !== undefined) this.showMessage(this.#notice)
    this.#notice = undefined
    const { text } = this.desk.announcement
    if (text !== undefined) this.hear(text)
  }

  /**
   * A new job, to a miner that is ready. One that has it already gets nothing. Where the job is promised and nothing
   * but its line is left to be written, that is returned.
   */
  sendWork(work: Work): WorkLine | undefined {
    const hasBegun = this.#hasBegun
    if (!hasBegun) this.begin()
    if (!hasBegun || this.grants.lastPosition >= work.position) return undefined
    const { difficulty } = this.vardiff
    const workLine = this.#variantOf(work)
    const isPlain =
      difficulty === this.difficulty &&
      workLine.coinbaseBytes <= this.profile.maxCoinbaseBytes &&
      this.#isBehind(work) === work.job.cleanJobs
    if (isPlain) this.#promise(work, 0, difficulty)
    else this.#send(work, difficulty, false)
    return isPlain ? workLine : undefined
  }

  /** Sends the active job again, because something of what it promises has changed. Before `begin` there is none. */
  renewWork(): void {
    const work = this.desk.currentWork()
    if (this.#hasBegun && work !== undefined) this.#send(work, this.vardiff.difficulty, false)
  }

  /** Tells a miner that understands it that its extranonce1 is another one now, from its next job on. */
  renewExtranonce1(): void {
    this.connection.push(lines.setExtranonceLine(this.wireExtranonce1, this.extranonce2Size))
    this.renewWork()
  }

  close(reason: CloseReason): void {
    this.connection.close(reason)
  }

  /** The connection has closed. */
  end(): void {
    for (const worker of this.workers.values()) this.desk.presence.leave(worker.presence)
    this.workers.clear()
    this.lastWorker = undefined
    if (this.#kind !== undefined) this.desk.profiles.census.leave(this.#kind)
    this.#kind = undefined
  }

  /**
   * Sends a job under an id that this session has not had, after the difficulty where that changes. When the job has
   * no alias left, what has changed waits for the job after it. Who begins, or has had no job of the tip yet, is told
   * to drop what it worked on, whichever job of the tip this is.
   */
  #send(work: Work, difficulty: number, isBeginning: boolean): void {
    const workLine = this.#variantOf(work)
    if (workLine.coinbaseBytes > this.profile.maxCoinbaseBytes) return this.#refuseCoinbase(workLine)
    const alias = Math.max(0, this.grants.lastPosition + 1 - work.position)
    if (alias >= ALIASES_PER_JOB) return
    const isOther = difficulty !== this.difficulty
    const isClean = isBeginning || this.#isBehind(work)
    if (isOther || isBeginning) this.connection.push(lines.setDifficultyLine(difficulty))
    this.#promise(work, alias, difficulty)
    if (alias > 0 || isClean !== work.job.cleanJobs)
      this.connection.push(notifyLine(workLine.template, alias, isClean))
    else this.connection.push(this.connection.isReading ? workLine.text : workLine.line)
    if (isOther) this.#tellPresence(difficulty)
  }

  /** Whether what the miner works on is on an older tip than this. */
  #isBehind(work: Work): boolean {
    return this.grants.lastPosition < work.cleanPosition
  }

  /** Bytes that a coinbase with outputs of miners may have; elsewhere than on a direct port there is none. */
  get #roomForMiners(): number {
    return this.options.port.direct ? this.profile.maxCoinbaseBytes : 0
  }

  /** What of the job this session is given; too large only if every variant is. */
  #variantOf(work: Work): WorkLine {
    return this.payout === undefined ? work.within(this.#roomForMiners) : work.payingTo(this.payout)
  }

  /** What holds from this notify on. */
  #promise(work: Work, alias: number, difficulty: number): void {
    const grant = this.desk.grantMemo.of(difficulty, this.versionMask, this.#roomForMiners)
    const isNewPromise = this.grants.extend(work.position + alias, grant, this.extranonce1!)
    if (isNewPromise || alias > 0) this.desk.roster.remember(this)
  }

  /** Better no work than work that the firmware cuts off: it would mine for nothing. */
  #refuseCoinbase({ coinbaseBytes }: WorkLine): void {
    const { name, maxCoinbaseBytes } = this.profile
    this.desk.log.warn({ profile: name, coinbaseBytes, maxCoinbaseBytes }, 'coinbase too large for a miner')
    this.showMessage(
      `This pool's coinbase has ${coinbaseBytes} bytes; your firmware takes ${maxCoinbaseBytes}`,
    )
    this.close('coinbase-too-large')
  }

  #tellPresence(difficulty: number): void {
    for (const { presence } of this.workers.values()) {
      presence.difficulty = difficulty
      this.desk.presence.touch(presence)
    }
  }
}
