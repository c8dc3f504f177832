import { setTimeout as sleep } from 'node:timers/promises'
import { bytesToHex } from '@headframe/core/bytes'
import type { BlockCandidate, SubmitAnswer } from '@headframe/core/block/candidate'
import { RpcError, RpcUnavailable, type RpcClient } from '../bitcoind/rpc-client.js'
import type { JobTransactions } from '../jobs/job-transactions.js'
import type { Log } from '../log.js'
import type { CandidateFiles } from './candidate-file.js'
import type { FoundBlock } from './found-block.js'

export interface SubmitBlockModules {
  readonly rpc: RpcClient
  readonly files: CandidateFiles
  readonly transactions: Pick<JobTransactions, 'now' | 'wait'>
  readonly log: Log
  readonly nowMs: () => number
  /** For durations: fractions of a ms, never set back. */
  readonly monotonicMs: () => number
  /** Told of each answer; the node has a new tip when the result is null. */
  readonly onAnswer: (candidate: BlockCandidate, answer: SubmitAnswer) => void
}

const RETRY_MS = 500
/** A node that comes back within this time is still told of the block; after it the next start tells it. */
const MAX_RETRIES = 1_200

/** Sends blocks to the node: on disk first, then sent, then the answer on disk. */
export class BlockSubmitter {
  readonly #modules: SubmitBlockModules
  readonly #underWay = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(modules: SubmitBlockModules) {
    this.#modules = modules
  }

  /** Returns at once; the share that carries the block does not wait. */
  submit(found: FoundBlock): void {
    this.#track(this.#saveAndSend(found, this.#modules.monotonicMs()))
  }

  /** Sends again what an earlier run has left without an answer. */
  async resume(): Promise<void> {
    const { files, log, monotonicMs } = this.#modules
    for (const hash of await files.list()) {
      if ((await files.readAnswer(hash)) !== undefined) continue
      log.warn({ hash }, 'a block of an earlier run has no answer; sending it again')
      const [candidate, blockHex] = [await files.readCandidate(hash), await files.readBlockHex(hash)]
      this.#track(this.#send(candidate, blockHex, monotonicMs()))
    }
  }

  /** Waits for the answers under way; those the node cannot give now are left for `resume`. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#underWay)
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => this.#modules.log.error({ err: error }, 'a block has no answer'))
      .finally(() => this.#underWay.delete(tracked))
    this.#underWay.add(tracked)
  }

  async #saveAndSend({ candidate, head, job }: FoundBlock, startedAtMs: number): Promise<void> {
    const { files, log, transactions } = this.#modules
    const ready = transactions.now(job) ?? (await transactions.wait(job, this.#closing.signal))
    if (ready === undefined) throw new Error(`block ${candidate.hash}: its transactions did not come`)
    const blockHex = bytesToHex(head) + Buffer.from(ready.hex).toString('latin1')
    try {
      await files.write(candidate, blockHex)
    } catch (error) {
      // A disk that fails must not cost the block.
      log.error({ err: error, hash: candidate.hash }, 'the block cannot be saved; sending it all the same')
    }
    await this.#send(candidate, blockHex, startedAtMs)
  }

  async #send(candidate: BlockCandidate, blockHex: string, startedAtMs: number): Promise<void> {
    const { files, log, nowMs, monotonicMs, onAnswer } = this.#modules
    const result = await this.#answerOfNode(blockHex)
    const answer = { result, answeredAtMs: nowMs(), tookMs: monotonicMs() - startedAtMs }
    log.info({ hash: candidate.hash, height: candidate.height, ...answer }, 'submitblock answered')
    onAnswer(candidate, answer)
    await files.writeAnswer(candidate.hash, answer)
  }

  async #answerOfNode(blockHex: string): Promise<string | null> {
    for (let retries = 0; ; retries++) {
      try {
        return await this.#modules.rpc.call<string | null>('submitblock', [blockHex])
      } catch (error) {
        if (error instanceof RpcError) return error.message
        if (!(error instanceof RpcUnavailable) || retries === MAX_RETRIES) throw error
        await sleep(RETRY_MS, undefined, { signal: this.#closing.signal })
      }
    }
  }
}
