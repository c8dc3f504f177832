'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { HISTORY_PER_PAGE } from '../first-look'
import { MoreButton } from '../more-button'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'

const COLUMNS: readonly Column[] = [
  { name: 'When' },
  { name: 'What' },
  { name: 'From' },
  { name: 'To' },
  { name: 'By' },
]

const NAMES: Readonly<Record<string, string>> = {
  'payout-threshold': 'Payout threshold',
  'payout-address': 'Another payout address',
  'payout-address-cancelled': 'Payout address cancelled',
  privacy: 'Listing',
  'view-key': 'View key',
  worker: 'A worker',
  'session-ended': 'Signed out',
}

/** All that was ever changed, and by whom: what he did not do himself, he sees here. */
export function HistoryPanel({ className = '' }: { readonly className?: string }) {
  const query = useInfiniteQuery(
    useTRPC().account.history.infiniteQueryOptions(
      { limit: HISTORY_PER_PAGE },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <Panel title="History" className={className}>
      <Answer query={query} what="your history" loading={<Skeleton className="h-32" />}>
        {({ pages }) => {
          const changes = pages.flatMap((page) => page.changes)
          if (changes.length === 0)
            return <Empty title="Nothing was changed yet">What is changed stands here for good.</Empty>
          return (
            <>
              <Rows caption="Changes of your settings" columns={COLUMNS} isWide>
                {changes.map(({ id, atMs, what, before, after, author }) => (
                  <Row key={String(id)}>
                    <Cell label="When">
                      <Age atMs={atMs} />
                    </Cell>
                    <Cell label="What" span={2}>
                      {NAMES[what] ?? what}
                    </Cell>
                    <Cell label="From" span={3}>
                      <Value text={before} />
                    </Cell>
                    <Cell label="To" span={3}>
                      <Value text={after} />
                    </Cell>
                    <Cell label="By">{author}</Cell>
                  </Row>
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

function Value({ text }: { readonly text: string | undefined }) {
  return text === undefined ? (
    <span className="text-faint">—</span>
  ) : (
    <span className="wrap-anywhere">{text}</span>
  )
}
