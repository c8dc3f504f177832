import { formatCount } from '../../format/count'
import { formatRatio } from '../../format/percent'
import { Amount } from '../amount'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Reading } from '../reading'
import type { StatusState } from './status-state'

/** How far the reserve goes that FPPS shares are paid from; nothing where there is no such port. */
export function FppsPanel({ fpps }: { readonly fpps: StatusState['fpps'] }) {
  if (fpps === undefined) return null
  const { reserveSats, leftSats, bound, risk } = fpps
  return (
    <Panel title="FPPS reserve">
      {leftSats <= 0n && (
        <Notice tone="wrong" title="The reserve is used up">
          Close the FPPS ports, or set FPPS_RESERVE_BTC to what is held by now.
        </Notice>
      )}
      <dl className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Reading label="Left" note={risk && `${blocks(risk.reserveInBlocks)} subsidies of a block`}>
          <Amount sats={leftSats} />
        </Reading>
        <Reading
          label="Declared"
          note={risk && `is used up sooner or later with a chance of ${formatRatio(risk.ruinChance)}`}
        >
          <Amount sats={reserveSats} />
        </Reading>
      </dl>
      <p className="text-faint mt-4 text-sm">At the pool&rsquo;s risk: {bound}.</p>
    </Panel>
  )
}

/** From here on a tenth of a block says nothing. */
const WHOLE_BLOCKS_FROM = 100

function blocks(count: number): string {
  return count < WHOLE_BLOCKS_FROM ? count.toFixed(1) : formatCount(Math.round(count))
}
