'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { EyeOff } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { formatCount } from '../../../format/count'
import { shorten } from '../../../format/shorten'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { CONSOLE_MINERS_PER_PAGE } from '../../first-look'
import { SearchBar } from '../search-bar'
import { HashrateValue } from '../../hashrate-value'
import { MoreButton } from '../../more-button'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Skeleton } from '../../skeleton'
import { Unknown } from '../../unknown'
import { useSettled } from '../use-settled'

const ORDERS = { hashrate: 'Hashrate', rejects: 'Rejects', 'last-share': 'Last share' } as const
type Order = keyof typeof ORDERS

const COLUMNS: readonly Column[] = [
  { name: 'Address' },
  { name: 'Workers', numeric: true },
  { name: 'Hashrate 1 h', numeric: true },
  { name: 'Accepted', numeric: true },
  { name: 'Rejected', numeric: true },
  { name: 'Last share', numeric: true },
]

/** Everybody who has ever had a share here. */
export function MinersConsole() {
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const [order, setOrder] = useState<Order>('hashrate')
  const search = useSettled(text).trim()
  const query = useInfiniteQuery({
    ...trpc.consoleMiners.list.infiniteQueryOptions(
      { search, order, limit: CONSOLE_MINERS_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <h1 className="mb-5 text-2xl">All miners</h1>
      <Panel title="Listed and not listed">
        <SearchBar
          label="Address, worker, label, or IP address"
          note="By IP address those are found who are connected now."
          text={text}
          onText={setText}
          orders={ORDERS}
          order={order}
          onOrder={setOrder}
        />
        <Answer query={query} what="miners" loading={<Skeleton className="h-96" />}>
          {({ pages }) => {
            const miners = pages.flatMap((page) => page.miners)
            if (miners.length === 0)
              return <Empty title={search === '' ? 'Nobody has mined here yet' : 'No miner has this in it'} />
            return (
              <>
                <Rows caption="All miners" columns={COLUMNS}>
                  {miners.map((miner) => (
                    <Row key={miner.address}>
                      <Cell label="Address" span={3}>
                        <Link
                          href={`/console/miners/${miner.address}`}
                          className="link font-mono text-[0.8125rem]"
                          title={miner.address}
                        >
                          {shorten(miner.address, 14, 8)}
                        </Link>
                        {miner.isUnlisted && (
                          <span className="text-quiet ml-2 inline-flex items-center gap-1 text-xs">
                            <EyeOff size={13} aria-hidden="true" /> not listed
                          </span>
                        )}
                      </Cell>
                      <Cell label="Workers" numeric>
                        {formatCount(miner.workerCount)}
                      </Cell>
                      <Cell label="Hashrate 1 h" numeric>
                        <HashrateValue hashrate={miner.hashrate} />
                      </Cell>
                      <Cell label="Accepted" numeric>
                        {formatCount(miner.acceptedCount)}
                      </Cell>
                      <Cell label="Rejected" numeric>
                        {formatCount(miner.rejectedCount)}
                      </Cell>
                      <Cell label="Last share" numeric>
                        {miner.lastShareAtMs === undefined ? (
                          <Unknown why="none accepted" />
                        ) : (
                          <Age atMs={miner.lastShareAtMs} />
                        )}
                      </Cell>
                    </Row>
                  ))}
                </Rows>
                <p className="text-faint mt-3 text-sm">
                  Accepted and rejected are of this hour of the clock and the one before.
                </p>
                <MoreButton query={query} />
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
