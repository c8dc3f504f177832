'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { BlockRows } from '../block/block-rows'
import { Empty } from '../empty'
import { LAST_BLOCKS } from '../first-look'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'

export function LastBlocks() {
  const trpc = useTRPC()
  const query = useQuery(trpc.blocks.list.queryOptions({ limit: LAST_BLOCKS }))
  return (
    <Panel
      title="Last blocks"
      actions={
        <Link href="/blocks" className="link text-sm">
          All blocks
        </Link>
      }
    >
      <Answer query={query} what="blocks" loading={<Skeleton className="h-64" />}>
        {({ blocks }) =>
          blocks.length === 0 ? (
            <Empty title="No block yet">
              The first one is a matter of chance: the effort of the round says how far the pool has come.
            </Empty>
          ) : (
            <BlockRows blocks={blocks} isLong={false} />
          )
        }
      </Answer>
    </Panel>
  )
}
