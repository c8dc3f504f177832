import type { NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf, type SubmitReason } from '@headframe/core/block/submit-reason'

/** What a node said of a block, for everybody to see. */
export interface BlockAnswer extends Omit<NodeAnswer, 'result'>, SubmitReason {
  /** A reason of BIP 22 or the kind of failure; null when the node accepted. Never what a failed call said. */
  readonly reason: string | null
}

export function describeAnswers(answers: readonly NodeAnswer[]): BlockAnswer[] {
  return answers.map(({ result, ...answer }) => ({
    ...answer,
    ...reasonOf({ ...answer, result }),
    reason: reasonTextOf(result),
  }))
}

/** What stands before the first colon: behind it a failed call may name hosts. */
export function reasonTextOf(result: string | null): string | null {
  return result === null ? null : result.split(':', 1)[0]!
}
