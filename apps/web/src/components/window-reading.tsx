import { formatDuration } from '../format/time'
import type { Hashrate } from '../measure/hashrate'
import { HashrateValue } from './hashrate-value'
import { Reading } from './reading'

interface WindowReadingProps {
  /** Names the window: "24 h". */
  readonly label: string
  readonly windowMs: number
  readonly hashrate: Hashrate
}

/** Less of its window than this, and a reading says how much was measured. */
const WHOLE = 0.95

/** The hashrate of a window; one that is not full yet says how far it reaches. */
export function WindowReading({ label, windowMs, hashrate }: WindowReadingProps) {
  const measuredMs = hashrate.measured ? hashrate.seconds * 1000 : windowMs
  const isWhole = measuredMs >= windowMs * WHOLE
  return (
    <Reading label={label} {...(isWhole ? {} : { note: `${formatDuration(measuredMs)} so far` })}>
      <HashrateValue hashrate={hashrate} />
    </Reading>
  )
}
