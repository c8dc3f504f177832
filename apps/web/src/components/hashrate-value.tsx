import { formatCount } from '../format/count'
import { formatHashrate, hashrateParts } from '../format/hashrate'
import { formatDuration } from '../format/time'
import { hashrateBand, type Hashrate, type Unmeasured } from '../measure/hashrate'
import { Unknown } from './unknown'

const REASONS: Readonly<Record<Unmeasured, string>> = {
  'no-share': 'no share has been accepted yet',
  'too-early': 'too few shares yet to say',
}

interface HashrateValueProps {
  readonly hashrate: Hashrate
}

/** A hashrate, or why there is none. What it rests on is in the title. */
export function HashrateValue({ hashrate }: HashrateValueProps) {
  if (!hashrate.measured) return <Unknown why={REASONS[hashrate.why]} />
  const { value, unit } = hashrateParts(hashrate.hashesPerSecond)
  return (
    <span className="whitespace-nowrap" title={`${basisOf(hashrate)}${bandSentence(hashrate)}`}>
      {value} <span className="text-faint text-[0.8em] tracking-normal">{unit}</span>
    </span>
  )
}

/** "from 612 shares in 1 h". */
export function basisOf(hashrate: Hashrate): string {
  if (!hashrate.measured) return REASONS[hashrate.why]
  const { shareCount, seconds } = hashrate
  return `from ${formatCount(shareCount)} share${shareCount === 1 ? '' : 's'} in ${formatDuration(seconds * 1000)}`
}

/** "90 % sure to lie between 1.20 TH/s and 1.41 TH/s"; undefined where nothing is known of it. */
export function bandOf(hashrate: Hashrate): string | undefined {
  const band = hashrateBand(hashrate)
  return band && `90 % sure to lie between ${formatHashrate(band.low)} and ${formatHashrate(band.high)}`
}

function bandSentence(hashrate: Hashrate): string {
  const band = bandOf(hashrate)
  return band === undefined ? '' : `; ${band}`
}
