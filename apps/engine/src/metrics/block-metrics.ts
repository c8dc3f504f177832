import type { NodeAnswer } from '@headframe/core/block/candidate'
import type { Counter } from './counter.js'
import type { Histogram } from './histogram.js'
import type { MetricRegistry } from './metric-registry.js'

/** Upper bounds, seconds. A block should have left within the second. */
const SENT_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2, 10, 60]
const ANSWER_BOUNDS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30]

/** What the metrics say of the pool's blocks. */
export class BlockMetrics {
  readonly #found: Counter
  readonly #answers: Counter
  readonly #sent: Histogram
  readonly #answered: Histogram

  constructor(registry: MetricRegistry) {
    this.#found = registry.counter({
      name: 'headframe_blocks_found_total',
      help: 'Shares that met the network target.',
    })
    this.#answers = registry.counter({
      name: 'headframe_block_answers_total',
      help: 'What nodes said of blocks, by reason; accepted where there was none.',
      labels: ['node', 'call', 'reason'],
    })
    this.#sent = registry.histogram({
      name: 'headframe_block_share_to_submit_seconds',
      help: 'From the arrival of a share that is a block until submitblock left for a node.',
      labels: ['node'],
      bounds: SENT_BOUNDS,
    })
    this.#answered = registry.histogram({
      name: 'headframe_block_share_to_answer_seconds',
      help: 'From the arrival of a share that is a block, or a later attempt, until a node answered.',
      labels: ['node'],
      bounds: ANSWER_BOUNDS,
    })
  }

  onFound(): void {
    this.#found.add()
  }

  onSent(node: string, afterMs: number): void {
    this.#sent.observe(afterMs / 1_000, [node])
  }

  /** What a failed call said is left out: it may be different each time. */
  onAnswer({ node, call, result, tookMs }: NodeAnswer): void {
    this.#answers.add([node, call, result === null ? 'accepted' : result.split(':', 1)[0]!])
    this.#answered.observe(tookMs / 1_000, [node])
  }
}
