import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf } from '@headframe/core/block/submit-reason'
import type { BlockLine } from './block-line.js'

/** A block on its way. */
export interface Delivery {
  readonly hash: string
  readonly height: number
  /** The whole block, hex as text, in pieces. */
  readonly blockHex: readonly Uint8Array[]
  /** Monotonic; when the share came, or a later attempt began. */
  readonly startedAtMs: number
}

export interface DeliverModules {
  readonly line: Pick<BlockLine, 'name' | 'submit' | 'rivalOf' | 'prefer'>
  /** Whether a block is one of this pool's. */
  readonly isOurs: (hash: string) => Promise<boolean>
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  /** The first bytes have left for the node. */
  readonly onSent: () => void
  /** Told of each answer that differs from the one before; rejects when it cannot be kept. */
  readonly onAnswer: (answer: NodeAnswer) => Promise<void>
  /** Aborts the wait for a later attempt. */
  readonly signal: AbortSignal
}

/** The first attempt again at once: a connection that died unseen fails the moment it is used. */
const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000]
const LAST_DELAY_MS = 5_000
/** Ten minutes. A node that comes back within them is told of the block; after them the next start tells it. */
const MAX_ATTEMPTS = 120

/**
 * Brings a block to one node, again and again until its answer is final. Where somebody else's block holds the same
 * height there, the node is asked to prefer ours; of two of ours the one that the world has heard of is as good. Resolves with the last answer to `submitblock`; rejects when `signal` aborts.
 */
export async function deliverBlock(delivery: Delivery, modules: DeliverModules): Promise<NodeAnswer> {
  const { line, isOurs, onSent, signal } = modules
  const { hash, height, blockHex } = delivery
  let last: NodeAnswer | undefined
  for (let attempt = 0; ; attempt++) {
    const answer = answerOf('submitblock', await line.submit(blockHex, onSent), delivery, modules)
    if (answer.result !== last?.result) await modules.onAnswer(answer)
    last = answer
    const rival = answer.result === null ? undefined : await line.rivalOf(hash, height)
    if (rival !== undefined && !(await isOurs(rival))) {
      await modules.onAnswer(answerOf('preciousblock', await line.prefer(hash), delivery, modules))
    }
    if (reasonOf(answer).standing !== 'open' || attempt === MAX_ATTEMPTS) return answer
    await sleep(RETRY_DELAYS_MS[attempt] ?? LAST_DELAY_MS, undefined, { signal })
  }
}

function answerOf(
  call: NodeAnswer['call'],
  result: string | null,
  { startedAtMs }: Delivery,
  { line, nowMs, monotonicMs }: DeliverModules,
): NodeAnswer {
  return { node: line.name, call, result, answeredAtMs: nowMs(), tookMs: monotonicMs() - startedAtMs }
}
