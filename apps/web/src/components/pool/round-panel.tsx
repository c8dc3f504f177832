'use client'

import Link from 'next/link'
import { formatCount } from '../../format/count'
import { formatEffort, roundsEndedBy } from '../../format/effort'
import { Age } from '../age'
import { Panel } from '../panel'
import { PoolShaft } from '../pool-shaft'
import { EffortHint } from '../terms'
import { Unknown } from '../unknown'
import type { PoolState } from './pool-state'

export function RoundPanel({ pool: { round } }: { readonly pool: PoolState }) {
  const effort = round?.effort
  return (
    <Panel title="This round" hint={<EffortHint />}>
      <div className="flex gap-6">
        <div className="w-44 shrink-0">
          <PoolShaft effort={effort} />
        </div>
        <div className="flex min-w-0 flex-col justify-between gap-6 pb-2">
          <div>
            <p className="text-quiet text-sm">Effort</p>
            <p className="text-3xl font-medium tracking-tight wrap-anywhere">
              {effort === undefined ? <Unknown why={whyUnknown(round)} /> : formatEffort(effort)}
            </p>
            <p className="text-faint mt-1 text-sm">
              {effort === undefined ? whyUnknown(round) : placeOf(effort)}
            </p>
          </div>
          <LastFound round={round} />
        </div>
      </div>
    </Panel>
  )
}

function LastFound({ round }: { readonly round: PoolState['round'] }) {
  const last = round?.lastBlock
  return (
    <div className="text-sm">
      <p className="text-quiet">Last block</p>
      {last === undefined ? (
        <p className="text-faint">none yet</p>
      ) : (
        <>
          <p>
            <Link href={`/blocks/${last.hash}`} className="link text-xl font-medium tracking-tight">
              {formatCount(last.height)}
            </Link>
          </p>
          <p className="text-faint">
            <Age atMs={last.foundAtMs} />
          </p>
        </>
      )}
    </div>
  )
}

function whyUnknown(round: PoolState['round']): string {
  return round === undefined ? 'no share has arrived yet' : 'the winning share is on its way to the database'
}

function placeOf(effort: number): string {
  if (effort === 0) return 'no share since the last block'
  const ended = Math.round(roundsEndedBy(effort) * 100)
  if (ended >= 100) return 'nearly all rounds are shorter'
  return ended === 0 ? 'nearly all rounds are longer' : `${ended} of 100 rounds are shorter`
}
