'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { formatCount } from '../../format/count'
import { formatBtc } from '../../format/money'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { SHARE_EARNING_DAYS } from '../first-look'
import { Hint } from '../hint'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import type { ShareEarningState } from './miner-state'

const COLUMNS: readonly Column[] = [
  { name: 'Day (UTC)' },
  { name: 'Credits', numeric: true },
  { name: 'BTC for the work of a block', numeric: true },
  { name: 'Amount', numeric: true },
]

/** What FPPS shares were paid; nothing where none ever was. */
export function ShareEarningsPanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.miner.shareEarnings.infiniteQueryOptions(
      { address, days: SHARE_EARNING_DAYS },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const days = query.data?.pages.flatMap((page) => page.days) ?? []
  const totalSats = query.data?.pages[0]?.totalSats
  if (days.length === 0 || totalSats === undefined) return null
  return (
    <Panel
      title="Earnings by shares"
      hint={
        <Hint term="FPPS">
          Each share of an FPPS port is paid what its work is worth on average, whether the pool finds a block
          or not. It is yours at once, without waiting for blocks to mature.
        </Hint>
      }
    >
      <p className="text-quiet mb-3 text-sm">
        <Amount sats={totalSats} /> ever; the days come to that, to the satoshi.
      </p>
      <Rows caption="Earnings by shares" columns={COLUMNS}>
        {days.map((day) => (
          <DayRow key={day.dayMs} day={day} />
        ))}
      </Rows>
      <MoreButton query={query} />
    </Panel>
  )
}

function DayRow({ day }: { readonly day: ShareEarningState }) {
  const { dayMs, creditCount, lowRateSats, highRateSats, amountSats } = day
  return (
    <Row>
      <Cell label="Day (UTC)">{new Date(dayMs).toISOString().slice(0, 10)}</Cell>
      <Cell label="Credits" numeric>
        {formatCount(creditCount)}
      </Cell>
      <Cell label="BTC for the work of a block" numeric>
        {formatBtc(lowRateSats)}
        {highRateSats !== lowRateSats && ` to ${formatBtc(highRateSats)}`}
      </Cell>
      <Cell label="Amount" numeric>
        <Amount sats={amountSats} />
      </Cell>
    </Row>
  )
}
