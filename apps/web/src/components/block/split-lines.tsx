'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import Link from 'next/link'
import { formatPartOf } from '../../format/share'
import { shorten } from '../../format/shorten'
import { checkSplit } from '../../measure/check-split'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { SPLIT_LINES_PER_PAGE } from '../first-look'
import { Hint } from '../hint'
import { MoreButton } from '../more-button'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import { PaidByCoinbase } from './paid-by-coinbase'
import type { SplitState } from './block-state'

const COLUMNS: readonly Column[] = [
  { name: 'Miner' },
  { name: 'Share of window', numeric: true },
  { name: 'Amount', numeric: true },
  {
    name: 'Checked',
    numeric: true,
    hint: (
      <Hint term="checked">
        Your browser has cut the reward again from the scores, line by line, and compared the result with the
        ledger.
      </Hint>
    ),
  },
]

interface SplitLinesProps {
  readonly hash: string
  readonly split: SplitState
}

/** Who got what of a block, each amount worked out again in the browser. */
export function SplitLines({ hash, split }: SplitLinesProps) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.blocks.earnings.infiniteQueryOptions(
      { hash, limit: SPLIT_LINES_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <Answer query={query} what="lines of the split" loading={<Skeleton className="h-40" />}>
      {({ pages }) => (
        <>
          <Rows caption="Split of the reward" columns={COLUMNS}>
            {pages
              .flatMap((page) => page.earnings)
              .map((earning) => (
                <Row key={earning.address}>
                  <Cell label="Miner" span={3}>
                    <Link
                      href={`/miners/${earning.address}`}
                      className="link font-mono text-[0.8125rem]"
                      title={earning.address}
                    >
                      {shorten(earning.address, 14, 8)}
                    </Link>
                  </Cell>
                  <Cell label="Share of window" numeric>
                    {formatPartOf(earning.score, split.windowTotal)}
                  </Cell>
                  <Cell label="Amount" numeric span={2}>
                    <Amount sats={earning.amountSats} />
                    {earning.bonusSats > 0n && (
                      <span className="text-faint block text-xs">
                        <Amount sats={earning.bonusSats} /> of it for finding the block
                      </span>
                    )}
                    {earning.directSats > 0n && (
                      <span className="text-faint block text-xs">
                        <PaidByCoinbase earning={earning} />
                      </span>
                    )}
                  </Cell>
                  <Cell label="Checked" numeric>
                    <Checked isRight={checkSplit(earning, split).isRight} />
                  </Cell>
                </Row>
              ))}
          </Rows>
          <MoreButton query={query} />
        </>
      )}
    </Answer>
  )
}

function Checked({ isRight }: { readonly isRight: boolean }) {
  const Icon = isRight ? CircleCheck : CircleX
  return (
    <span className={`whitespace-nowrap ${isRight ? 'text-copper' : 'text-oxide'}`}>
      <Icon size={15} aria-hidden="true" className="mr-1 inline align-[-0.15em]" />
      {isRight ? 'right' : 'does not come out'}
    </span>
  )
}
