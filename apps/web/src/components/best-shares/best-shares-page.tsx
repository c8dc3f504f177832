'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { formatCount } from '../../format/count'
import { shorten } from '../../format/shorten'
import { BEST_PERIODS, type BestPeriod } from '../../measure/best-period'
import { minerPath } from '../../paths'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { BlockDistance } from '../block-distance'
import { Difficulty } from '../difficulty'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import { BestShareHint } from '../worker/worker-bests'

const PERIODS: Readonly<Record<BestPeriod, { readonly name: string; readonly title: string }>> = {
  day: { name: 'Today', title: 'Best of each miner today (UTC)' },
  week: { name: '7 days', title: 'Best of each miner in the last seven UTC days' },
  ever: { name: 'All time', title: 'Best of each miner ever' },
}
const COLUMNS: readonly Column[] = [
  { name: 'Place', numeric: true },
  { name: 'Difficulty', numeric: true },
  { name: 'Reached', numeric: true },
  { name: 'Miner' },
  { name: 'For block', numeric: true },
  { name: 'Hash' },
  { name: 'When', numeric: true },
]

export function BestSharesPage({ period }: { readonly period: BestPeriod }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.bestShares.queryOptions({ period }))
  return (
    <>
      <h1 className="mb-5 text-2xl">Best shares</h1>
      <Panel
        title={PERIODS[period].title}
        hint={<BestShareHint />}
        actions={<PeriodPicker period={period} />}
      >
        <Answer query={query} what="best shares" loading={<Skeleton className="h-96" />}>
          {({ shares }) =>
            shares.length === 0 ? (
              <Empty title={period === 'day' ? 'No share today' : 'No share yet'}>
                The first accepted share is the best one until a better comes.
              </Empty>
            ) : (
              <Rows caption="Best shares" columns={COLUMNS} isWide>
                {shares.map((share, index) => (
                  <Row key={share.address}>
                    <Cell label="Place" numeric>
                      {index + 1}
                    </Cell>
                    <Cell label="Difficulty" numeric>
                      <span className="text-base font-medium">
                        <Difficulty value={share.difficulty} />
                      </span>
                    </Cell>
                    <Cell label="Reached" numeric>
                      <BlockDistance {...share} />
                    </Cell>
                    <Cell label="Miner" span={3}>
                      <Link
                        href={minerPath(share.address) ?? '/'}
                        className="link font-mono text-[0.8125rem]"
                        title={share.address}
                      >
                        {shorten(share.address, 14, 8)}
                      </Link>
                    </Cell>
                    <Cell label="For block" numeric>
                      {formatCount(share.height)}
                    </Cell>
                    <Cell label="Hash">
                      <span className="text-quiet font-mono text-[0.8125rem]" title={share.hash}>
                        {shorten(share.hash, 4, 8)}
                      </span>
                    </Cell>
                    <Cell label="When" numeric>
                      <Age atMs={share.acceptedAtMs} />
                    </Cell>
                  </Row>
                ))}
              </Rows>
            )
          }
        </Answer>
      </Panel>
    </>
  )
}

function PeriodPicker({ period }: { readonly period: BestPeriod }) {
  return (
    <div role="group" aria-label="Best shares of" className="border-line flex rounded border text-sm">
      {BEST_PERIODS.map((each) => (
        <Link
          key={each}
          href={`/best-shares?of=${each}`}
          aria-current={each === period ? 'true' : undefined}
          className={`inline-flex min-h-9 items-center px-3 first:rounded-l-[2px] last:rounded-r-[2px] ${
            each === period ? 'bg-ink text-panel' : 'text-quiet hover:text-ink'
          }`}
        >
          {PERIODS[each].name}
        </Link>
      ))}
    </div>
  )
}
