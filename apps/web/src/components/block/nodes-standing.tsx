import { standingText } from '../../format/standing'
import type { BlockStanding } from '../../server/block-standing'
import { Unknown } from '../unknown'

/** How the block stands with the nodes, in a few words; the block's page has each answer. */
export function NodesStanding({ standing }: { readonly standing: BlockStanding }) {
  const text = standingText(standing)
  if (text === undefined) return <Unknown why="no node has answered yet" />
  const { nodeCount, takenCount, refusals, waits } = standing
  const tone = refusals.length > 0 ? 'text-oxide' : takenCount < nodeCount ? 'text-ochre' : 'text-quiet'
  const meanings = [...refusals, ...waits].map(({ reason, meaning }) => `${reason}: ${meaning}`)
  return (
    <span className={tone} title={meanings.length === 0 ? undefined : meanings.join('\n')}>
      {text}
    </span>
  )
}
