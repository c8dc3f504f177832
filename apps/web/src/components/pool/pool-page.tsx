'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Notice } from '../notice'
import { Skeleton } from '../skeleton'
import { ConnectPanel } from '../connect/connect-panel'
import type { ChartView } from '../../measure/chart-view'
import { LastBlocks } from './last-blocks'
import { LuckPanel } from './luck-panel'
import { NetworkPanel } from './network-panel'
import { PoolHashrate } from './pool-hashrate'
import { PoolStatus } from './pool-status'
import { RoundPanel } from './round-panel'
import { TipsPanel } from './tips-panel'

interface PoolPageProps {
  readonly pageHost: string
  /** What the address asks the chart for. */
  readonly asked: ChartView | undefined
}

export function PoolPage({ pageHost, asked }: PoolPageProps) {
  const trpc = useTRPC()
  const summary = useQuery(trpc.pool.summary.queryOptions())
  return (
    <>
      <h1 className="sr-only">Pool</h1>
      <Answer query={summary} what="state of the pool" loading={<PoolSkeleton />}>
        {(pool) =>
          pool.isSetUp ? (
            <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-5">
              <div className="lg:col-span-2">
                <PoolStatus pool={pool} />
              </div>
              <PoolHashrate pool={pool} asked={asked} />
              <RoundPanel pool={pool} />
              <LuckPanel />
              <div className="grid content-start gap-4 lg:gap-5">
                <NetworkPanel pool={pool} />
                <TipsPanel />
              </div>
            </div>
          ) : (
            <Notice tone="wait" title="This pool has not been started yet">
              Its settings appear here once the control plane has started for the first time.
            </Notice>
          )
        }
      </Answer>
      <div className="mt-4 grid gap-4 lg:mt-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:gap-5">
        <LastBlocks />
        <ConnectPanel pageHost={pageHost} />
      </div>
    </>
  )
}

function PoolSkeleton() {
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <Skeleton className="h-12 lg:col-span-2" />
      <Skeleton className="h-[29rem]" />
      <Skeleton className="h-[29rem]" />
    </div>
  )
}
