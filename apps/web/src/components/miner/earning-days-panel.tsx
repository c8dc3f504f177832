'use client'

import { useQuery } from '@tanstack/react-query'
import { formatRatio } from '../../format/percent'
import { formatBtc, formatSats } from '../../format/money'
import { formatMeanSats } from '../../format/sats'
import { formatCount } from '../../format/count'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { ChartSkeleton } from '../chart/chart-skeleton'
import { PlotRow, PlotTable } from '../chart/plot-table'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Unknown } from '../unknown'
import { EarningDaysChart } from './earning-days-chart'
import { earningSources } from './earning-sources'
import type { DailyState } from './miner-state'

/** What each day has brought, against what the work of it was to bring. */
export function EarningDaysPanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.miner.daily.queryOptions({ address }))
  return (
    <Panel
      title="Earnings a day"
      hint={
        <Hint term="expected earnings">
          Your measured work as a part of what a block takes, times what blocks pay on average, less the
          pool&rsquo;s fee; and what shares were paid by FPPS, as it was paid. The pool finds blocks by
          chance, so what you earn is spread around it.
        </Hint>
      }
    >
      <Answer query={query} what="earnings a day" loading={<ChartSkeleton />}>
        {(daily) =>
          daily !== null && (
            <>
              <Expectation daily={daily} />
              <EarningDaysChart days={daily.days} />
              <DaysTable daily={daily} />
            </>
          )
        }
      </Answer>
    </Panel>
  )
}

function Expectation({ daily }: { readonly daily: DailyState }) {
  const { days, earnedSats, expected } = daily
  const { expectedSats } = expected
  return (
    <dl className="mb-4 grid gap-x-8 gap-y-4 sm:grid-cols-3">
      <Reading
        label={days.length === 1 ? 'Earned today' : `Earned in ${days.length} days`}
        note={earningSources(daily)}
      >
        <Amount sats={earnedSats} />
      </Reading>
      <Reading label="Expected of your work" note={basisText(daily)}>
        <Amount sats={BigInt(Math.round(expectedSats))} />
      </Reading>
      <Reading label="Of what was expected" note={chanceText(expected)}>
        {expectedSats === 0 ? (
          <Unknown why="no work yet" />
        ) : (
          <span data-testid="earned-part">{formatRatio(Number(earnedSats) / expectedSats)}</span>
        )}
      </Reading>
    </dl>
  )
}

function chanceText(expected: DailyState['expected']): string | undefined {
  const { expectedSats, lowSats, highSats, expectedBlocks } = expected
  if (expectedSats === 0) return undefined
  if (isSure(expected)) return 'shares bring what they are paid, whatever the pool finds'
  const blocks = expectedBlocks < 10 ? expectedBlocks.toFixed(1) : formatCount(Math.round(expectedBlocks))
  return `by chance nine times in ten ${formatRatio(lowSats / expectedSats)} to ${formatRatio(highSats / expectedSats)}, as the pool was to find ${blocks} blocks`
}

function basisText({ reward, expected, sharesSats }: DailyState): string {
  const { blockSats, blockCount, feeBasisPoints } = reward
  if (isSure(expected) && sharesSats > 0n) return 'as your shares were paid'
  const basis =
    blockCount === 0 ? 'the subsidy' : `the average of ${blockCount} block${blockCount === 1 ? '' : 's'}`
  const byBlocks = `at ${formatBtc(blockSats)} BTC a block (${basis}) less ${feeBasisPoints / 100} %`
  return sharesSats === 0n ? byBlocks : `${byBlocks}, and what your shares were paid`
}

/** Nothing of it hangs on the blocks that are found. */
const isSure = ({ lowSats, highSats }: DailyState['expected']): boolean => lowSats === highSats

function DaysTable({ daily: { days } }: { readonly daily: DailyState }) {
  return (
    <PlotTable
      caption="Earnings a day, satoshis"
      columns={['Day (UTC)', 'Blocks', 'Mature', 'Immature', 'Expected']}
    >
      {days.toReversed().map(({ dayMs, blockCount, maturedSats, immatureSats, expectedSats }) => (
        <PlotRow key={dayMs}>
          <td className="whitespace-nowrap">{new Date(dayMs).toISOString().slice(0, 10)}</td>
          <td>{formatCount(blockCount)}</td>
          <td>{formatSats(maturedSats)}</td>
          <td>{formatSats(immatureSats)}</td>
          <td className="whitespace-nowrap">{formatMeanSats(expectedSats)}</td>
        </PlotRow>
      ))}
    </PlotTable>
  )
}
