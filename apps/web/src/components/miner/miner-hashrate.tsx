'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { firstRange, type Range } from '../../measure/range'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
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
import type { MinerState } from './miner-state'

interface MinerHashrateProps {
  readonly address: string
  readonly miner: MinerState
}

export function MinerHashrate({ address, miner }: MinerHashrateProps) {
  const trpc = useTRPC()
  const [range, setRange] = useState<Range>(() => firstRange(miner.firstSeenAtMs, miner.nowMs))
  const query = useQuery({
    ...trpc.miner.hashrate.queryOptions({ address, range }),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel title="Hashrate" hint={<HashrateHint />} actions={<RangePicker range={range} onPick={setRange} />}>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <BigHashrate hashrate={miner.hashrates['1h']} />
        <dl className="grid w-full grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:w-auto sm:flex-wrap sm:gap-x-7">
          <WindowReading label="10 min" windowMs={600_000} hashrate={miner.hashrates['10m']} />
          <WindowReading label="24 h" windowMs={86_400_000} hashrate={miner.hashrates['24h']} />
          <Reading label="Last share">
            <LastShare miner={miner} />
          </Reading>
        </dl>
      </div>
      <Answer query={query} what="chart" loading={<ChartSkeleton isMain />}>
        {(chart) => chart !== null && <HashrateChart subject="Miner" chart={chart} isMain />}
      </Answer>
    </Panel>
  )
}

function LastShare({ miner: { lastShareAtMs } }: { readonly miner: MinerState }) {
  return lastShareAtMs === undefined ? (
    <Unknown why="no share has been accepted yet" />
  ) : (
    <Age atMs={lastShareAtMs} />
  )
}
