import { formatDuration } from '../format/time'
import type { Hashrate } from '../measure/hashrate'
import { WINDOW_SHAPES, type Window } from '../measure/span'
import { HashrateValue } from './hashrate-value'
import { Reading } from './reading'

interface WindowReadingProps {
  readonly window: Window
  readonly hashrate: Hashrate
}

/** Less of its window than this, and a reading says how much was measured. */
const WHOLE = 0.95

/** The hashrate of a window; one that is not full yet says how far it reaches. */
export function WindowReading({ window, hashrate }: WindowReadingProps) {
  const { name, lengthMs } = WINDOW_SHAPES[window]
  const measuredMs = hashrate.measured ? hashrate.seconds * 1000 : lengthMs
  const isWhole = measuredMs >= lengthMs * WHOLE
  return (
    <Reading label={name} {...(isWhole ? {} : { note: `${formatDuration(measuredMs)} so far` })}>
      <HashrateValue hashrate={hashrate} />
    </Reading>
  )
}
