'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Range } from '../../measure/range'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { HashrateChart } from '../chart/hashrate-chart'
import { RangePicker } from '../chart/range-picker'

interface WorkerChartProps {
  readonly address: string
  readonly name: string
}

/** Loaded when it is opened. */
export function WorkerChart({ address, name }: WorkerChartProps) {
  const trpc = useTRPC()
  const [range, setRange] = useState<Range>('24h')
  const query = useQuery({
    ...trpc.worker.hashrate.queryOptions({ address, worker: name, range }),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="bg-sunken rounded p-3 text-left sm:p-4">
      <div className="mb-3 flex justify-end">
        <RangePicker range={range} onPick={setRange} />
      </div>
      <Answer query={query} what="chart" loading={<ChartSkeleton />}>
        {(chart) =>
          chart !== null && (
            <HashrateChart
              subject={`Worker ${name === '' ? 'without a name' : name}`}
              chart={chart}
              isOneMachine
            />
          )
        }
      </Answer>
    </div>
  )
}
