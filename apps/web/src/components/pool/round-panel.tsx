'use client'

import Link from 'next/link'
import { formatCount } from '../../format/count'
import { formatEffort, roundsEndedBy } from '../../format/effort'
import { Age } from '../age'
import { Panel } from '../panel'
import { Shaft } from '../shaft/shaft'
import { EffortHint } from '../terms'
import { Unknown } from '../unknown'
import type { PoolState } from './pool-state'

export function RoundPanel({ pool: { round } }: { readonly pool: PoolState }) {
  const effort = round?.effort
  return (
    <Panel title="This round" hint={<EffortHint />}>
      <div className="mb-4 min-h-[4.25rem]">
        <p className="text-4xl font-medium tracking-[-0.03em] wrap-anywhere" data-testid="round-effort">
          {effort === undefined ? <Unknown why={whyUnknown(round)} /> : formatEffort(effort)}
        </p>
        <p className="text-faint mt-1 text-sm">
          {effort === undefined ? whyUnknown(round) : placeOf(effort)}
        </p>
      </div>
      <div className="mx-auto max-w-[18rem]">
        <Shaft effort={effort} />
      </div>
      <p className="text-faint mt-3 text-sm">
        <Beginning round={round} />
      </p>
    </Panel>
  )
}

function Beginning({ round }: { readonly round: PoolState['round'] }) {
  const last = round?.lastBlock
  if (last === undefined) return <>The pool has not found a block yet.</>
  return (
    <>
      Began with block{' '}
      <Link href={`/blocks/${last.hash}`} className="link">
        {formatCount(last.height)}
      </Link>
      , <Age atMs={last.foundAtMs} />.
    </>
  )
}

function whyUnknown(round: PoolState['round']): string {
  return round === undefined
    ? 'No share has arrived yet'
    : 'Just begun: the last block’s share is being recorded'
}

function placeOf(effort: number): string {
  if (effort === 0) return 'No share since the last block'
  const ended = Math.round(roundsEndedBy(effort) * 100)
  if (ended >= 100) return 'Nearly all rounds are shorter'
  return ended === 0 ? 'Nearly all rounds are longer' : `${ended} of 100 rounds are shorter than this`
}
