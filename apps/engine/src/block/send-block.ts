import type { BlockCandidate, NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf } from '@headframe/core/block/submit-reason'
import type { Log } from '../log.js'
import type { BlockLine } from './block-line.js'
import type { CandidateFiles } from './candidate-file.js'
import { deliverBlock } from './deliver-block.js'
import type { OnSubmitStep } from './submit-step.js'
import { UnderWay } from './under-way.js'

export interface SendBlockModules {
  /** To every node. */
  readonly lines: readonly Pick<BlockLine, 'name' | 'submit' | 'rivalOf' | 'prefer'>[]
  readonly files: Pick<
    CandidateFiles,
    'list' | 'readCandidate' | 'readAnswers' | 'readBlockHex' | 'addAnswer'
  >
  readonly log: Log
  readonly nowMs: () => number
  /** For durations: fractions of a ms, never set back. */
  readonly monotonicMs: () => number
  /** Told of each answer. */
  readonly onAnswer: (candidate: BlockCandidate, answer: NodeAnswer) => void
  /** Told of each call that has left, with the time since the share came or the attempt began. */
  readonly onSent?: (node: string, afterMs: number) => void
  readonly onStep?: OnSubmitStep
}

/** Sends blocks that are on the disk to all nodes at once, and puts each answer beside them. */
export class BlockSender {
  readonly #modules: SendBlockModules
  readonly #closing = new AbortController()
  readonly #resumed: UnderWay

  constructor(modules: SendBlockModules) {
    this.#modules = modules
    this.#resumed = new UnderWay((error) => {
      if (!this.#closing.signal.aborted) modules.log.error({ err: error }, 'a block cannot be sent again')
    })
  }

  /** Aborted by `close`. */
  get signal(): AbortSignal {
    return this.#closing.signal
  }

  /** Resolves when every node has given its final answer, or is given up; rejects when this closes meanwhile. */
  async send(candidate: BlockCandidate, blockHex: readonly Uint8Array[], startedAtMs: number): Promise<void> {
    const { lines, files, nowMs, monotonicMs, onSent, onStep } = this.#modules
    const { hash, height } = candidate
    const delivery = { hash, height, blockHex, startedAtMs }
    const isOurs = async (other: string): Promise<boolean> => (await files.list()).includes(other)
    const shared = { isOurs, nowMs, monotonicMs, signal: this.signal }
    await Promise.all(
      lines.map((line) =>
        deliverBlock(delivery, {
          ...shared,
          line,
          onSent: () => {
            onStep?.('sent')
            onSent?.(line.name, monotonicMs() - startedAtMs)
          },
          onAnswer: (answer) => this.#keepAnswer(candidate, answer),
        }),
      ),
    )
  }

  /** Sends again, to all nodes, what an earlier process has left without a final answer of each of them. */
  async resume(isOurs: (candidate: BlockCandidate) => boolean = () => true): Promise<void> {
    const { files, log, monotonicMs } = this.#modules
    for (const hash of await files.list()) {
      const candidate = await files.readCandidate(hash)
      if (!isOurs(candidate) || (await this.#isFinal(hash))) continue
      log.warn({ hash }, 'a block of an earlier run is not answered by all nodes; sending it again')
      this.#resumed.add(this.send(candidate, [await files.readBlockHex(hash)], monotonicMs()))
    }
  }

  /** Waits for the calls under way; what nodes cannot answer now is left for `resume`. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#resumed.settle()
  }

  async #isFinal(hash: string): Promise<boolean> {
    const { files, lines } = this.#modules
    const answers = await files.readAnswers(hash)
    const isFinalOf = (node: string): boolean =>
      answers.some((answer) => {
        return answer.node === node && answer.call === 'submitblock' && reasonOf(answer).standing !== 'open'
      })
    return lines.every(({ name }) => isFinalOf(name))
  }

  async #keepAnswer(candidate: BlockCandidate, answer: NodeAnswer): Promise<void> {
    const { files, log, onAnswer, onStep } = this.#modules
    const { hash, height } = candidate
    onStep?.('answered')
    const { standing, meaning } = reasonOf(answer)
    const level = standing === 'accepted' ? 'info' : standing === 'open' ? 'warn' : 'error'
    log[level]({ hash, height, ...answer, meaning }, `${answer.call} answered`)
    onAnswer(candidate, answer)
    try {
      await files.addAnswer(hash, answer)
    } catch (error) {
      log.error({ err: error, hash }, 'the answer of a node cannot be written')
    }
    onStep?.('answer-kept')
  }
}
