import type { NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf, type SubmitReason } from '@headframe/core/block/submit-reason'

/** What a node said of a block, for everybody to see. */
export interface BlockAnswer extends Omit<NodeAnswer, 'node' | 'result'>, SubmitReason {
  /** 1 for the node that answered first. Its name may be an address inside the operator's network. */
  readonly nodeNumber: number
  /** A reason of BIP 22 or the kind of failure; null when the node accepted. Never what a failed call said. */
  readonly reason: string | null
}

export function describeAnswers(answers: readonly NodeAnswer[]): BlockAnswer[] {
  const names = [...new Set(answers.map(({ node }) => node))]
  return answers.map(({ node, result, ...answer }) => ({
    ...answer,
    ...reasonOf({ ...answer, result }),
    nodeNumber: names.indexOf(node) + 1,
    reason: reasonTextOf(result),
  }))
}

/** What stands before the first colon: behind it a failed call may name hosts. */
function reasonTextOf(result: string | null): string | null {
  return result === null ? null : result.split(':', 1)[0]!
}
