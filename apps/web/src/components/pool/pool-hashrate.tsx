'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '../../format/count'
import { firstRange, type Range } from '../../measure/range'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { BigHashrate } from '../big-hashrate'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { HashrateChart } from '../chart/hashrate-chart'
import { RangePicker } from '../chart/range-picker'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { HashrateHint } from '../terms'
import { Unknown } from '../unknown'
import { WindowReading } from '../window-reading'
import type { PoolState } from './pool-state'

export function PoolHashrate({ pool }: { readonly pool: PoolState }) {
  const trpc = useTRPC()
  const [range, setRange] = useState<Range>(() => firstRange(pool.record.firstShareAtMs, pool.nowMs))
  const chart = useQuery({ ...trpc.pool.hashrate.queryOptions({ range }), placeholderData: keepPreviousData })
  return (
    <Panel
      title="Pool hashrate"
      hint={<HashrateHint />}
      actions={<RangePicker range={range} onPick={setRange} />}
    >
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <BigHashrate hashrate={pool.hashrates['1h']} />
        <dl className="grid w-full grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:w-auto sm:flex-wrap sm:gap-x-7">
          <WindowReading label="10 min" windowMs={600_000} hashrate={pool.hashrates['10m']} />
          <WindowReading label="24 h" windowMs={86_400_000} hashrate={pool.hashrates['24h']} />
          <Reading label="Miners">{formatCount(pool.active.miners)}</Reading>
          <Reading label="Workers">{formatCount(pool.active.workers)}</Reading>
          <Reading label="Connections">
            <Connections pool={pool} />
          </Reading>
        </dl>
      </div>
      <Answer query={chart} what="chart" loading={<ChartSkeleton isMain />}>
        {(data) => <HashrateChart subject="Pool" chart={data} isMain />}
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
