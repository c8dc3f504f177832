'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatEffort } from '../../format/effort'
import { formatCount } from '../../format/count'
import { formatUtc } from '../../format/time'
import { judgeLuck, type Verdict } from '../../measure/luck'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { PlotRow, PlotTable } from '../chart/plot-table'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { LuckHint } from '../terms'
import { LuckChart } from './luck-chart'
import type { LuckState } from './pool-state'

export function LuckPanel() {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.luck.queryOptions())
  return (
    <Panel title="Luck" hint={<LuckHint />}>
      <Answer query={query} what="luck" loading={<ChartSkeleton />}>
        {({ rounds }) => {
          const last = rounds.at(-1)
          if (last === undefined) {
            return <Empty title="No round has ended yet">Each block that the pool finds adds a point.</Empty>
          }
          return (
            <>
              <LuckReadings last={last} />
              <LuckChart rounds={rounds} />
              <LuckTable rounds={rounds} />
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  usual: 'within what chance does',
  lucky: 'luckier than nineteen of twenty pools',
  unlucky: 'unluckier than nineteen of twenty pools',
}

function LuckReadings({ last: { effort, luck } }: { readonly last: LuckState }) {
  const { rounds, meanEffort, band } = luck
  return (
    <dl className="mb-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
      <Reading label="Last round" note={effort <= 1 ? 'less work than average' : 'more work than average'}>
        {formatEffort(effort)}
      </Reading>
      <Reading
        label={`All ${formatCount(rounds)} round${rounds === 1 ? '' : 's'}`}
        note={VERDICTS[judgeLuck(luck)]}
      >
        <span data-testid="mean-effort">{formatEffort(meanEffort)}</span>
      </Reading>
      <Reading label="By chance alone" note="nine of ten pools" className="max-sm:col-span-2">
        <span className="whitespace-nowrap">
          {formatEffort(band.low)} to {formatEffort(band.high)}
        </span>
      </Reading>
    </dl>
  )
}

function LuckTable({ rounds }: { readonly rounds: readonly LuckState[] }) {
  return (
    <PlotTable caption="Luck of the pool" columns={['Block', 'Found', 'Effort', 'All so far', 'By chance']}>
      {rounds.toReversed().map(({ hash, height, foundAtMs, effort, luck }) => (
        <PlotRow key={hash}>
          <td>
            <Link href={`/blocks/${hash}`} className="link">
              {formatCount(height)}
            </Link>
          </td>
          <td className="whitespace-nowrap">{formatUtc(foundAtMs)}</td>
          <td>{formatEffort(effort)}</td>
          <td>{formatEffort(luck.meanEffort)}</td>
          <td className="whitespace-nowrap">
            {formatEffort(luck.band.low)} to {formatEffort(luck.band.high)}
          </td>
        </PlotRow>
      ))}
    </PlotTable>
  )
}
