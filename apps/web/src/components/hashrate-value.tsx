import { hashrateParts } from '../format/hashrate'
import { formatDuration } from '../format/time'
import { hashrateSpread, type Hashrate, type Unmeasured } from '../measure/hashrate'
import { Unknown } from './unknown'

const REASONS: Readonly<Record<Unmeasured, string>> = {
  'no-share': 'no share has been accepted yet',
  'too-early': 'too few shares yet to say',
}

/** A hashrate, or why there is none. What it rests on is in the title. */
export function HashrateValue({ hashrate }: { readonly hashrate: Hashrate }) {
  if (!hashrate.measured) return <Unknown why={REASONS[hashrate.why]} />
  const { value, unit } = hashrateParts(hashrate.hashesPerSecond)
  return (
    <span className="whitespace-nowrap" title={basisOf(hashrate)}>
      {value} <span className="text-faint text-[0.8em] tracking-normal">{unit}</span>
    </span>
  )
}

/** "from 612 shares in 1 h 0 min; chance alone moves this by about ±4 %" */
export function basisOf(hashrate: Hashrate): string {
  if (!hashrate.measured) return REASONS[hashrate.why]
  const { shareCount, seconds } = hashrate
  const basis = `from ${shareCount} share${shareCount === 1 ? '' : 's'} in ${formatDuration(seconds * 1000)}`
  const spread = hashrateSpread(shareCount)
  if (spread === undefined) return basis
  return `${basis}; chance alone moves this by about ±${(spread * 100).toFixed(spread < 0.1 ? 1 : 0)} %`
}
