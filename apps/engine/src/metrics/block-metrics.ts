import type { NodeAnswer } from '@headframe/core/block/candidate'
import { Counter, Histogram, type Registry } from 'prom-client'

/** Upper bounds, seconds. A block should have left within the second. */
const SENT_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2, 10, 60]
const ANSWER_BOUNDS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30]

/** What the metrics say of the pool's blocks. */
export class BlockMetrics {
  readonly #found: Counter
  readonly #answers: Counter<'node' | 'call' | 'reason'>
  readonly #sent: Histogram<'node'>
  readonly #answered: Histogram<'node'>

  constructor(registry: Registry) {
    const registers = [registry]
    this.#found = new Counter({
      registers,
      name: 'headframe_blocks_found_total',
      help: 'Shares that met the network target.',
    })
    this.#answers = new Counter({
      registers,
      name: 'headframe_block_answers_total',
      help: 'What nodes said of blocks, by reason; accepted where there was none.',
      labelNames: ['node', 'call', 'reason'],
    })
    this.#sent = new Histogram({
      registers,
      name: 'headframe_block_share_to_submit_seconds',
      help: 'From the arrival of a share that is a block until submitblock left for a node.',
      labelNames: ['node'],
      buckets: SENT_BOUNDS,
    })
    this.#answered = new Histogram({
      registers,
      name: 'headframe_block_share_to_answer_seconds',
      help: 'From the arrival of a share that is a block, or a later attempt, until a node answered.',
      labelNames: ['node'],
      buckets: ANSWER_BOUNDS,
    })
  }

  onFound(): void {
    this.#found.inc()
  }

  onSent(node: string, afterMs: number): void {
    this.#sent.observe({ node }, afterMs / 1_000)
  }

  /** What a failed call said is left out: it may be different each time. */
  onAnswer({ node, call, result, tookMs }: NodeAnswer): void {
    const reason = result === null ? 'accepted' : result.split(':', 1)[0]!
    this.#answers.inc({ node, call, reason })
    this.#answered.observe({ node }, tookMs / 1_000)
  }
}
