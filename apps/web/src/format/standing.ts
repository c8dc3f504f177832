import type { BlockStanding } from '../server/block-standing'

/** How a block stands with the nodes, in a few words; undefined when none has answered. */
export function standingText({ nodeCount, takenCount, refusals, waits }: BlockStanding): string | undefined {
  if (nodeCount === 0) return undefined
  const parts: string[] = []
  if (takenCount > 0) parts.push(`taken by ${takenCount} of ${nodeCount} node${nodeCount === 1 ? '' : 's'}`)
  if (refusals.length > 0) parts.push(`refused: ${namesOf(refusals)}`)
  return parts.length > 0 ? parts.join(', ') : `not taken yet: ${namesOf(waits)}`
}

const namesOf = (reasons: BlockStanding['waits']): string => reasons.map(({ reason }) => reason).join(', ')
