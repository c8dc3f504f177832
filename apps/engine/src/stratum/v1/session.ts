import type { Network } from '@headframe/core/chain/network'
import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { ALIAS_SIZE, EXTRANONCE1_SIZE } from '@headframe/core/job/job'
import type { WorkerIdentity } from '@headframe/core/journal/segment'
import type { AssignedJob, RejectReason } from '@headframe/core/share/share'
import { ALIASES_PER_JOB, notifyLine, wireJobIdOf } from '@headframe/core/stratum/notify'
import { setDifficultyLine } from '@headframe/core/stratum/push'
import { errorOfReason, type StratumError } from '@headframe/core/stratum/reject-code'
import { errorLine, resultLine } from '@headframe/core/stratum/reply'
import type { RequestId } from '@headframe/core/stratum/request'
import type { Vardiff } from '@headframe/core/vardiff/vardiff'
import type { LiveFeed } from '../../live/live-feed.js'
import type { Presence, WorkerPresence } from '../../live/presence.js'
import type { Log } from '../../log.js'
import type { ShareJournal, SubmitShare } from '../../share/submit-share.js'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { CloseReason, Connection } from '../connection.js'
import type { Work } from '../work.js'

export interface SessionOptions {
  readonly port: StratumPort
  readonly network: Network
  /** `SESSION_EXTRANONCE1_SIZE` bytes, this session's alone. */
  readonly sessionExtranonce1: Uint8Array
}

export interface SessionModules {
  readonly connection: Connection
  readonly submitShare: SubmitShare
  readonly journal: ShareJournal
  readonly vardiff: Vardiff
  readonly presence: Presence
  readonly live: Pick<LiveFeed, 'noteShare'>
  readonly log: Log
  readonly nowMs: () => number
  /** What is handed out now; undefined when the pool has no work. */
  readonly currentWork: () => Work | undefined
}

/** A username that was authorized on this session. */
export interface SessionWorker extends WorkerIdentity {
  readonly presence: WorkerPresence
}

/** Usernames one session may authorize; a proxy may carry several. */
export const MAX_WORKERS_PER_SESSION = 256
/** Jobs a session remembers; a share of an older one is answered `job-not-found`. */
export const MAX_JOBS_PER_SESSION = 32
/** A peer must have subscribed and authorized by then. */
const HANDSHAKE_TIMEOUT_MS = 10_000
/** A peer that sends nothing at all for this long is no miner; one that is gone, TCP's keepalive finds much earlier. */
const IDLE_TIMEOUT_MS = 2 * 3_600_000

/** The protocol state of one Stratum v1 peer. `v1/handlers/` has what each method does to it. */
export class Session {
  readonly options: SessionOptions
  readonly modules: SessionModules
  readonly workers = new Map<string, SessionWorker>()
  userAgent = ''
  isSubscribed = false
  /** Bits the miner may roll from its next job on (BIP 310). */
  versionMask = 0
  readonly #assigned = new Map<string, AssignedJob>()
  readonly #openedAtMs: number
  #heardAtMs: number
  /** Difficulty of the jobs sent from now on, and its target. */
  #difficulty = 0
  #shareTarget: Uint8Array = new Uint8Array(32)
  /** Alias of the active job that was sent last. */
  #alias = 0

  constructor(options: SessionOptions, modules: SessionModules) {
    this.options = options
    this.modules = modules
    this.#openedAtMs = modules.nowMs()
    this.#heardAtMs = this.#openedAtMs
  }

  get difficulty(): number {
    return this.#difficulty
  }

  /** Whether the miner has what it needs to work. */
  get isReady(): boolean {
    return this.isSubscribed && this.workers.size > 0
  }

  /** The peer has sent a line, whatever it says. */
  hear(): void {
    this.#heardAtMs = this.modules.nowMs()
  }

  /** Answers a request; a notification (no id) wants none. */
  answer(id: RequestId | undefined, result: unknown): void {
    if (id !== undefined) this.reply(resultLine(id, result))
  }

  refuse(id: RequestId | undefined, error: StratumError): void {
    if (id !== undefined) this.reply(errorLine(id, error))
  }

  reject(id: RequestId | undefined, reason: RejectReason): void {
    this.refuse(id, errorOfReason(reason))
  }

  /** A line that must not leave before what this session has appended to the journal so far is on disk. */
  reply(line: string, afterCommit = 0): void {
    this.modules.connection.reply(line, afterCommit, this.modules.journal.committedSeq)
  }

  assignedJob(wireJobId: string): AssignedJob | undefined {
    return this.#assigned.get(wireJobId)
  }

  /**
   * To be called when the miner may have become ready: sends the difficulty, then the job. A miner that subscribes
   * again gets both again.
   */
  begin(): void {
    if (!this.isReady) return
    const hadWork = this.#assigned.size > 0
    if (!hadWork) this.#useDifficulty(this.modules.vardiff.difficulty)
    this.modules.connection.push(setDifficultyLine(this.#difficulty))
    const work = this.modules.currentWork()
    if (hadWork) this.renewWork()
    else if (work !== undefined) this.sendWork(work)
  }

  /** A new job, to a miner that is ready. */
  sendWork(work: Work): void {
    const { difficulty } = this.modules.vardiff
    if (difficulty !== this.#difficulty) {
      // A change that found no job to go out with.
      this.#useDifficulty(difficulty)
      this.modules.connection.push(setDifficultyLine(difficulty))
    }
    this.#alias = 0
    this.#assign(work, work.wireJobId)
    this.modules.connection.push(work.line)
  }

  /**
   * Changes the difficulty from the next job on, and sends the active job again under a fresh alias, so that there
   * is a next job at once. When the job has no alias left, the change waits for the job after it.
   */
  changeDifficulty(difficulty: number): void {
    const work = this.modules.currentWork()
    if (difficulty === this.#difficulty || !this.isReady || work === undefined) return
    if (this.#alias + 1 === ALIASES_PER_JOB) return
    this.#alias++
    this.#useDifficulty(difficulty)
    this.modules.connection.push(setDifficultyLine(difficulty))
    this.#sendAlias(work)
  }

  /** Sends the active job again, when something other than the difficulty has changed (the version mask). */
  renewWork(): void {
    const work = this.modules.currentWork()
    if (!this.isReady || work === undefined || this.#alias + 1 === ALIASES_PER_JOB) return
    this.#alias++
    this.#sendAlias(work)
  }

  /** Once a second: what time alone brings about. */
  tick(nowMs: number): void {
    if (!this.isReady && nowMs - this.#openedAtMs > HANDSHAKE_TIMEOUT_MS)
      return this.close('handshake-timeout')
    if (nowMs - this.#heardAtMs > IDLE_TIMEOUT_MS) return this.close('idle')
    if (!this.isReady) return
    const difficulty = this.modules.vardiff.onIdle(nowMs)
    if (difficulty !== undefined) this.changeDifficulty(difficulty)
  }

  close(reason: CloseReason): void {
    this.modules.connection.close(reason)
  }

  /** The connection has closed. */
  end(): void {
    for (const worker of this.workers.values()) this.modules.presence.leave(worker.presence)
    this.workers.clear()
    this.#assigned.clear()
  }

  #useDifficulty(difficulty: number): void {
    this.#difficulty = difficulty
    this.#shareTarget = targetToBytes(targetOfDifficulty(difficulty))
    for (const { presence } of this.workers.values()) {
      presence.difficulty = difficulty
      this.modules.presence.touch(presence)
    }
  }

  #sendAlias(work: Work): void {
    const wireJobId = wireJobIdOf(work.job.jobId, this.#alias)
    this.#assign(work, wireJobId)
    this.modules.connection.push(notifyLine(work.template, this.#alias, false))
  }

  #assign({ job }: Work, wireJobId: string): void {
    const extranonce1 = new Uint8Array(EXTRANONCE1_SIZE)
    extranonce1[0] = this.#alias
    extranonce1.set(this.options.sessionExtranonce1, ALIAS_SIZE)
    this.#assigned.set(wireJobId, {
      job,
      extranonce1,
      assignedDifficulty: this.#difficulty,
      shareTarget: this.#shareTarget,
      versionMask: this.versionMask,
    })
    if (this.#assigned.size > MAX_JOBS_PER_SESSION) {
      const [oldest] = this.#assigned.keys()
      this.#assigned.delete(oldest!)
    }
  }
}
