import { formatEffort } from '../format/effort'
import { formatRatio } from '../format/percent'

interface BlockDistanceProps {
  readonly difficulty: number
  readonly networkDifficulty: number
}

/** How near a share came to a block: what part of the network's difficulty its hash reached. */
export function BlockDistance({ difficulty, networkDifficulty }: BlockDistanceProps) {
  const ratio = difficulty / networkDifficulty
  if (ratio >= 1)
    return <span className="text-copper">a block{ratio >= 10 && `, ${formatEffort(ratio)} over`}</span>
  return <>{formatRatio(ratio)} of a block</>
}
