'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatCount } from '../../format/count'
import type { ChartView } from '../../measure/chart-view'
import { firstRange } from '../../measure/range'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { BigHashrate } from '../big-hashrate'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { HashrateChart } from '../chart/hashrate-chart'
import { RangePicker } from '../chart/range-picker'
import { useChartView } from '../chart/use-chart-view'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { HashrateHint } from '../terms'
import { Unknown } from '../unknown'
import { WindowReading } from '../window-reading'
import type { PoolState } from './pool-state'

interface PoolHashrateProps {
  readonly pool: PoolState
  /** What the address asks for. */
  readonly asked: ChartView | undefined
}

export function PoolHashrate({ pool, asked }: PoolHashrateProps) {
  const trpc = useTRPC()
  const [view, show] = useChartView(asked ?? { range: firstRange(pool.record.firstShareAtMs, pool.nowMs) })
  const input = { range: view.range, ...view.zoom }
  const chart = useQuery({ ...trpc.pool.hashrate.queryOptions(input), placeholderData: keepPreviousData })
  return (
    <Panel title="Pool hashrate" hint={<HashrateHint />} actions={<RangePicker view={view} onPick={show} />}>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <BigHashrate hashrate={pool.hashrates['1h']} />
        <dl className="grid w-full grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:w-auto sm:flex-wrap sm:gap-x-7">
          <WindowReading window="10m" hashrate={pool.hashrates['10m']} />
          <WindowReading window="24h" hashrate={pool.hashrates['24h']} />
          <Reading label="Miners">{formatCount(pool.active.miners)}</Reading>
          <Reading label="Workers">{formatCount(pool.active.workers)}</Reading>
          <Reading label="Connections">
            <Connections pool={pool} />
          </Reading>
        </dl>
      </div>
      <Answer query={chart} what="chart" loading={<ChartSkeleton isMain />}>
        {(data) => <HashrateChart subject="Pool" chart={data} isMain view={view} onView={show} />}
      </Answer>
    </Panel>
  )
}

function Connections({ pool: { presence } }: { readonly pool: PoolState }) {
  if (presence.known) return formatCount(presence.value.connections)
  return (
    <Unknown why={presence.why === 'feed-away' ? 'the live feed is away' : 'no stratum process reports'} />
  )
}
