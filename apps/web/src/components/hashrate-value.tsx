import { formatCount } from '../format/count'
import { hashrateParts } from '../format/hashrate'
import { formatDuration } from '../format/time'
import { hashrateSpread, type Hashrate, type Unmeasured } from '../measure/hashrate'
import { Unknown } from './unknown'

const REASONS: Readonly<Record<Unmeasured, string>> = {
  'no-share': 'no share has been accepted yet',
  'too-early': 'too few shares yet to say',
}

interface HashrateValueProps {
  readonly hashrate: Hashrate
  readonly isOneMachine?: boolean
}

/** A hashrate, or why there is none. What it rests on is in the title. */
export function HashrateValue({ hashrate, isOneMachine = false }: HashrateValueProps) {
  if (!hashrate.measured) return <Unknown why={REASONS[hashrate.why]} />
  const { value, unit } = hashrateParts(hashrate.hashesPerSecond)
  return (
    <span className="whitespace-nowrap" title={basisOf(hashrate, isOneMachine)}>
      {value} <span className="text-faint text-[0.8em] tracking-normal">{unit}</span>
    </span>
  )
}

/**
 * "from 612 shares in 1 h", and for one machine "chance alone moves this by about ±4 %": its shares are worth about
 * the same. Those of several are not, and what the large ones do to the sum cannot be told from their number.
 */
export function basisOf(hashrate: Hashrate, isOneMachine = false): string {
  if (!hashrate.measured) return REASONS[hashrate.why]
  const { shareCount, seconds } = hashrate
  const basis = `from ${formatCount(shareCount)} share${shareCount === 1 ? '' : 's'} in ${formatDuration(seconds * 1000)}`
  const spread = isOneMachine ? hashrateSpread(shareCount) : undefined
  if (spread === undefined) return basis
  return `${basis}; chance alone moves this by about ±${(spread * 100).toFixed(spread < 0.1 ? 1 : 0)} %`
}
