import type { NodeAnswer } from '@headframe/core/block/candidate'
import { reasonOf, type SubmitStanding } from '@headframe/core/block/submit-reason'
import { reasonTextOf } from './block-answers'

type Answer = Pick<NodeAnswer, 'node' | 'call' | 'result'>

/** How a block stands with the nodes that have said something of it. */
export interface BlockStanding {
  readonly nodeCount: number
  readonly takenCount: number
  /** Why nodes refused it, each reason once. */
  readonly refusals: readonly StandingReason[]
  /** Why it is still to be sent again to others. */
  readonly waits: readonly StandingReason[]
}

interface StandingReason {
  readonly reason: string
  /** A sentence. */
  readonly meaning: string
}

/** `answers` in the order of time. One that is final is not undone by later ones: the node may be away when the block is sent again. */
export function standingOf(answers: readonly Answer[]): BlockStanding {
  const finals = new Map<string, Answer>()
  for (const answer of answers) {
    const earlier = finals.get(answer.node)
    if (earlier === undefined || weightOf(answer) >= weightOf(earlier)) finals.set(answer.node, answer)
  }
  const nodes = [...finals.values()]
  const having = (standing: SubmitStanding) =>
    nodes.filter((answer) => reasonOf(answer).standing === standing)
  return {
    nodeCount: nodes.length,
    takenCount: having('accepted').length,
    refusals: reasonsOf(having('refused')),
    waits: reasonsOf(having('open')),
  }
}

const WEIGHTS: Readonly<Record<SubmitStanding, number>> = { open: 0, refused: 1, accepted: 2 }
const weightOf = (answer: Answer): number => WEIGHTS[reasonOf(answer).standing]

function reasonsOf(answers: readonly Answer[]): StandingReason[] {
  const reasons = answers.map(
    (answer) => [reasonTextOf(answer.result) ?? '', reasonOf(answer).meaning] as const,
  )
  return [...new Map(reasons)].map(([reason, meaning]) => ({ reason, meaning }))
}
