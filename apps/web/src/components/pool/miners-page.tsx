'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatPartOf } from '../../format/share'
import { shorten } from '../../format/shorten'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { HashrateValue } from '../hashrate-value'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import { HashrateHint } from '../terms'
import { Unknown } from '../unknown'

const COLUMNS: readonly Column[] = [
  { name: 'Address' },
  { name: 'Hashrate 1 h', hint: <HashrateHint />, numeric: true },
  { name: 'Part of listed', numeric: true },
  { name: 'Last share', numeric: true },
]

export function MinersPage() {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.miners.queryOptions())
  return (
    <>
      <h1 className="mb-5 text-2xl">Miners</h1>
      <Panel title="Active in the last hour">
        <Answer query={query} what="miners" loading={<Skeleton className="h-96" />}>
          {({ miners, isCut }) => {
            if (miners.length === 0) {
              return (
                <Empty title="Nobody has mined here in the last hour">
                  <Link href="/" className="link">
                    How to connect a miner
                  </Link>
                </Empty>
              )
            }
            const total = miners.reduce((sum, { work }) => sum + work, 0n)
            return (
              <>
                <Rows caption="Miners by hashrate" columns={COLUMNS}>
                  {miners.map(({ address, hashrate, work, lastShareAtMs }) => (
                    <Row key={address}>
                      <Cell label="Address" span={3}>
                        <Link
                          href={`/miners/${address}`}
                          className="link font-mono text-[0.8125rem]"
                          title={address}
                        >
                          {shorten(address, 14, 8)}
                        </Link>
                      </Cell>
                      <Cell label="Hashrate 1 h" numeric>
                        <HashrateValue hashrate={hashrate} />
                      </Cell>
                      <Cell label="Part of listed" numeric>
                        {formatPartOf(work, total)}
                      </Cell>
                      <Cell label="Last share" numeric>
                        {lastShareAtMs === undefined ? (
                          <Unknown why="none accepted" />
                        ) : (
                          <Age atMs={lastShareAtMs} />
                        )}
                      </Cell>
                    </Row>
                  ))}
                </Rows>
                {isCut && (
                  <p className="text-faint mt-3 text-sm">These are the {miners.length} with the most work.</p>
                )}
              </>
            )
          }}
        </Answer>
      </Panel>
    </>
  )
}
