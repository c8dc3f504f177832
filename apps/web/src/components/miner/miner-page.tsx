'use client'

import { useQuery } from '@tanstack/react-query'
import type { ChartView } from '../../measure/chart-view'
import type { WorkersView } from '../../measure/workers-view'
import { useTRPC } from '../../trpc/client'
import { isFinal } from '../../trpc/query-client'
import { Answer } from '../answer'
import { ConnectPanel } from '../connect/connect-panel'
import { Empty } from '../empty'
import { Skeleton } from '../skeleton'
import { BalancePanel } from './balance-panel'
import { EarningDaysPanel } from './earning-days-panel'
import { EarningsPanel } from './earnings-panel'
import { MinerHashrate } from './miner-hashrate'
import { MinerTitle } from './miner-title'
import { PayoutsPanel } from './payouts-panel'
import { ShareEarningsPanel } from './share-earnings-panel'
import { SharesPanel } from './shares-panel'
import { WorkersPanel } from './workers-panel'

interface MinerPageProps {
  readonly address: string
  readonly pageHost: string
  /** What the address of the page asks for. */
  readonly asked: ChartView | undefined
  readonly workersView: WorkersView
}

export function MinerPage({ address, pageHost, asked, workersView }: MinerPageProps) {
  const trpc = useTRPC()
  const summary = useQuery(trpc.miner.summary.queryOptions({ address }))
  return (
    <>
      <MinerTitle
        address={address}
        isAddress={!isFinal(summary.error)}
        isYou={summary.data?.known === true && summary.data.isYou}
      />
      <Answer query={summary} what="miner" loading={<MinerSkeleton />}>
        {(miner) =>
          miner.known ? (
            <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-5">
              <MinerHashrate address={address} miner={miner} asked={asked} />
              <div className="grid gap-4 lg:grid-rows-[auto_1fr] lg:gap-5">
                <BalancePanel address={address} />
                <SharesPanel miner={miner} />
              </div>
              <div className="grid min-w-0 gap-4 lg:col-span-2 lg:gap-5">
                <WorkersPanel address={address} view={workersView} />
                <EarningDaysPanel address={address} />
                <ShareEarningsPanel address={address} />
                <EarningsPanel address={address} />
                <PayoutsPanel address={address} />
              </div>
            </div>
          ) : (
            <div className="grid items-start gap-5 lg:grid-cols-2">
              <Empty title="No share from this address yet">
                The address is valid. As soon as the pool accepts a share for it, its hashrate, workers and
                earnings appear here by themselves.
              </Empty>
              <ConnectPanel pageHost={pageHost} address={address} />
            </div>
          )
        }
      </Answer>
    </>
  )
}

function MinerSkeleton() {
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <Skeleton className="h-[30rem]" />
      <Skeleton className="h-[30rem]" />
    </div>
  )
}
