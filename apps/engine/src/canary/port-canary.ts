import { equalBytes } from '@headframe/core/bytes'
import { judgeJob, type ExpectedJob, type SeenJob } from '@headframe/core/canary/judge-job'
import { displayHash } from '@headframe/core/chain/header'
import type { LiveCanaryPort } from '@headframe/core/live/live-feed'
import { CanaryClient, type CanaryPlace } from './canary-client.js'

/** A tip as a node names it. */
export interface NodeTip {
  /** Display order. */
  readonly hash: string
  readonly height: number
}

export interface PortCanaryOptions extends Omit<ExpectedJob, 'lastPrevHash'> {
  readonly place: CanaryPlace
}

/** Without a job for so long, the connection counts as one that cannot be had. */
const MAX_SILENCE_MS = 35_000
/** What reconnecting may take before anybody is told. */
const MAX_ABSENCE_MS = 30_000
/** How long after a new tip a job of the old one may still be the newest. */
const TIP_GRACE_MS = 5_000
const RECONNECT_MS = 2_000

/** A miner on one port, which never mines: it says what is wrong with the jobs it gets, and when it gets none. */
export class PortCanary {
  readonly #options: PortCanaryOptions
  readonly #nowMs: () => number
  #client: CanaryClient | undefined
  #endReason = 'it was not connected yet'
  #retryAtMs = 0
  /** When there was a job last, or the first attempt to get one. */
  #heardAtMs: number
  #job: SeenJob | undefined
  #jobAtMs: number | undefined
  #height: number | undefined
  #jobProblems: readonly string[] = []
  /** Since when the job has not been on a node's tip. */
  #offTipSinceMs: number | undefined
  #tipProblem: string | undefined

  constructor(options: PortCanaryOptions, nowMs: () => number) {
    this.#options = options
    this.#nowMs = nowMs
    this.#heardAtMs = nowMs()
  }

  /** To be called about once a second, with the tips of the nodes that answer; with none of them nothing is said of it. */
  tick(tips: readonly NodeTip[]): void {
    const nowMs = this.#nowMs()
    if (this.#client === undefined && nowMs >= this.#retryAtMs) this.#connect()
    if (this.#job !== undefined && tips.length > 0) this.#lookAtTip(this.#job, tips, nowMs)
  }

  report(): LiveCanaryPort {
    const problems = [...this.#jobProblems]
    if (this.#tipProblem !== undefined) problems.push(this.#tipProblem)
    const silentMs = this.#nowMs() - this.#heardAtMs
    if (this.#client === undefined && silentMs > MAX_ABSENCE_MS) {
      problems.push(`cannot be mined on: ${this.#endReason}`)
    } else if (silentMs > MAX_SILENCE_MS) problems.push('gives no job any more')
    return {
      port: this.#options.place.port,
      jobId: this.#job?.jobId,
      height: this.#height,
      lastJobAtMs: this.#jobAtMs,
      problems,
    }
  }

  close(): void {
    this.#client?.close()
  }

  #connect(): void {
    const client = new CanaryClient(this.#options.place, {
      onJob: (job) => this.#onJob(job),
      onEnd: (reason) => {
        this.#endReason = reason
        this.#client = undefined
        this.#retryAtMs = this.#nowMs() + RECONNECT_MS
        // What was wrong with the job went with the connection.
        this.#job = undefined
        this.#jobProblems = []
        this.#tipProblem = undefined
      },
    })
    this.#client = client
  }

  #onJob(job: SeenJob): void {
    const last = this.#job
    const { height, problems } = judgeJob(job, { ...this.#options, lastPrevHash: last?.prevHash })
    this.#heardAtMs = this.#jobAtMs = this.#nowMs()
    if (last === undefined || !equalBytes(last.prevHash, job.prevHash)) this.#offTipSinceMs = undefined
    this.#job = job
    this.#height = height
    this.#jobProblems = problems
  }

  #lookAtTip({ prevHash }: SeenJob, tips: readonly NodeTip[], nowMs: number): void {
    const hash = displayHash(prevHash)
    const tip = tips.find((each) => each.hash === hash)
    if (tip !== undefined) {
      this.#offTipSinceMs = undefined
      const isRight = this.#height === undefined || this.#height === tip.height + 1
      this.#tipProblem = isRight ? undefined : `its height ${this.#height} does not follow ${tip.height}`
      return
    }
    this.#offTipSinceMs ??= nowMs
    const isLate = nowMs - this.#offTipSinceMs > TIP_GRACE_MS
    this.#tipProblem = isLate ? `works on ${hash}, which is no node's tip` : undefined
  }
}
