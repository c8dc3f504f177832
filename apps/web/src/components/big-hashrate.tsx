import { hashrateParts } from '../format/hashrate'
import type { Hashrate } from '../measure/hashrate'
import { bandOf, basisOf } from './hashrate-value'
import { Unknown } from './unknown'

/** The hashrate of the last hour, large, and what it rests on. */
export function BigHashrate({ hashrate }: { readonly hashrate: Hashrate }) {
  const parts = hashrate.measured ? hashrateParts(hashrate.hashesPerSecond) : undefined
  return (
    <div>
      <p className="figure-lg" data-testid="hashrate-1h">
        {parts === undefined ? <Unknown why={basisOf(hashrate)} /> : parts.value}
        {parts !== undefined && (
          <span className="text-faint ml-2 text-[0.42em] tracking-normal">{parts.unit}</span>
        )}
      </p>
      <p className="text-faint mt-1.5 text-sm">
        last hour, {basisOf(hashrate)}
        {parts !== undefined && <span className="block">{bandOf(hashrate)}</span>}
      </p>
    </div>
  )
}
