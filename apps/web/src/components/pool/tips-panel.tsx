'use client'

import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../format/count'
import { formatMs } from '../../format/ms'
import { formatUtc } from '../../format/time'
import { tipSpeed } from '../../measure/tip-speed'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { PlotRow, PlotTable } from '../chart/plot-table'
import { Empty } from '../empty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Skeleton } from '../skeleton'
import { Unknown } from '../unknown'
import type { TipState } from './pool-state'

/** How long miners are on old work when the network has a new block. */
export function TipsPanel() {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.tips.queryOptions())
  return (
    <Panel
      title="Block change"
      hint={
        <Hint term="block change">
          When a new block comes, work on the old one is worth nothing. These are the times from the first
          sign that the pool had of it until its miners were sent new work; the way to a miner comes on top.
        </Hint>
      }
    >
      <Answer query={query} what="block changes" loading={<Skeleton className="h-32" />}>
        {(reading) => {
          const tips = reading.known ? reading.value.tips : []
          if (tips.length === 0) {
            return (
              <Empty title="Not measured yet">
                {reading.known || reading.why === 'not-reported'
                  ? 'The next block of the network adds a line.'
                  : 'The live feed is away.'}
              </Empty>
            )
          }
          return <Tips tips={tips} />
        }}
      </Answer>
    </Panel>
  )
}

function Tips({ tips }: { readonly tips: readonly TipState[] }) {
  const [first, last] = [tipSpeed(tips, 'firstNotifyMs'), tipSpeed(tips, 'lastNotifyMs')]
  return (
    <>
      <dl className="mb-2 grid grid-cols-2 gap-x-6 gap-y-4">
        <Reading label="First miner" note={first && `median of ${formatCount(first.count)} blocks`}>
          {first === undefined ? <Unknown why="nobody was connected" /> : formatMs(first.medianMs)}
        </Reading>
        <Reading
          label="Last miner"
          note={last && `90 % within ${formatMs(last.p90Ms)}, at worst ${formatMs(last.worstMs)}`}
        >
          {last === undefined ? <Unknown why="nobody was connected" /> : formatMs(last.medianMs)}
        </Reading>
      </dl>
      <PlotTable
        caption="Block changes"
        columns={['Height', 'Heard', 'By', 'Work made', 'First miner', 'Last miner', 'Miners']}
      >
        {tips.map((tip) => (
          <PlotRow key={`${tip.height} ${tip.atMs}`}>
            <td>{formatCount(tip.height)}</td>
            <td className="whitespace-nowrap">{formatUtc(tip.atMs)}</td>
            <td>{tip.source}</td>
            <td>{timeOf(tip.jobMs)}</td>
            <td>{timeOf(tip.firstNotifyMs)}</td>
            <td>{timeOf(tip.lastNotifyMs)}</td>
            <td>{formatCount(tip.minerCount)}</td>
          </PlotRow>
        ))}
      </PlotTable>
    </>
  )
}

function timeOf(ms: number | undefined) {
  return ms === undefined ? <Unknown why="not measured" /> : formatMs(ms)
}
