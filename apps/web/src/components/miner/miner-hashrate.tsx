'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ChartView } from '../../measure/chart-view'
import { firstRange } from '../../measure/range'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
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
import type { MinerState } from './miner-state'

interface MinerHashrateProps {
  readonly address: string
  readonly miner: MinerState
  /** What the address asks for. */
  readonly asked: ChartView | undefined
}

export function MinerHashrate({ address, miner, asked }: MinerHashrateProps) {
  const trpc = useTRPC()
  const [view, show] = useChartView(asked ?? { range: firstRange(miner.firstSeenAtMs, miner.nowMs) })
  const query = useQuery({
    ...trpc.miner.hashrate.queryOptions({ address, range: view.range, ...view.zoom }),
    placeholderData: keepPreviousData,
  })
  return (
    <Panel title="Hashrate" hint={<HashrateHint />} actions={<RangePicker view={view} onPick={show} />}>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <BigHashrate hashrate={miner.hashrates['1h']} />
        <dl className="grid w-full grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:w-auto sm:flex-wrap sm:gap-x-7">
          {SMALL_WINDOWS.map((window) => (
            <WindowReading key={window} window={window} hashrate={miner.hashrates[window]} />
          ))}
          <Reading label="Last share">
            <LastShare miner={miner} />
          </Reading>
        </dl>
      </div>
      <Answer query={query} what="chart" loading={<ChartSkeleton isMain />}>
        {(chart) =>
          chart !== null && <HashrateChart subject="Miner" chart={chart} isMain view={view} onView={show} />
        }
      </Answer>
    </Panel>
  )
}

/** All but the large one. */
const SMALL_WINDOWS = ['1m', '10m', '6h', '24h', '7d'] as const

function LastShare({ miner: { lastShareAtMs } }: { readonly miner: MinerState }) {
  return lastShareAtMs === undefined ? (
    <Unknown why="no share has been accepted yet" />
  ) : (
    <Age atMs={lastShareAtMs} />
  )
}
