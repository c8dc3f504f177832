'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { EARNINGS_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import { EarningRow } from './earning-row'

const COLUMNS: readonly Column[] = [
  { name: 'Block' },
  { name: 'Status' },
  { name: 'Share of window', numeric: true },
  { name: 'Amount', numeric: true },
  { name: 'Found', numeric: true },
  { name: 'Check', numeric: true },
]

export function EarningsPanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.miner.earnings.infiniteQueryOptions(
      { address, limit: EARNINGS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <Panel
      title="Earnings a block"
      actions={
        <a href={`/miners/${encodeURIComponent(address)}/statement.csv`} download>
          Statement as CSV
        </a>
      }
    >
      <Answer query={query} what="earnings" loading={<Skeleton className="h-48" />}>
        {({ pages }) => {
          const earnings = pages.flatMap((page) => page.earnings)
          if (earnings.length === 0) {
            return (
              <Empty title="No earnings yet">
                Each block the pool finds while your shares are in the window adds a line.
              </Empty>
            )
          }
          return (
            <>
              <Rows caption="Earnings a block" columns={COLUMNS}>
                {earnings.map((earning) => (
                  <EarningRow
                    key={earning.blockHash}
                    address={address}
                    earning={earning}
                    columnCount={COLUMNS.length}
                  />
                ))}
              </Rows>
              <MoreButton query={query} />
            </>
          )
        }}
      </Answer>
    </Panel>
  )
}
