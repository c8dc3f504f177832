'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'
import { WorkerRow } from './worker-row'

const COLUMNS: readonly Column[] = [
  { name: 'Worker' },
  { name: 'Hashrate 1 h', numeric: true },
  { name: '24 h', numeric: true },
  { name: 'Last share', numeric: true },
  { name: 'Difficulty', numeric: true },
  { name: 'Accepted 24 h', numeric: true },
  { name: 'Rejected 24 h', numeric: true },
  { name: 'Chart', numeric: true },
]

export function WorkersPanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.miner.workers.queryOptions({ address }))
  return (
    <Panel title="Workers">
      <Answer query={query} what="workers" loading={<Skeleton className="h-32" />}>
        {({ workers, isCut }) =>
          workers.length === 0 ? (
            <Empty title="No worker yet" />
          ) : (
            <>
              <Rows caption="Workers" columns={COLUMNS}>
                {workers.map((worker) => (
                  <WorkerRow
                    key={worker.name}
                    address={address}
                    worker={worker}
                    columnCount={COLUMNS.length}
                  />
                ))}
              </Rows>
              {isCut && (
                <p className="text-faint mt-3 text-sm">
                  These are the {workers.length} with the newest shares.
                </p>
              )}
            </>
          )
        }
      </Answer>
    </Panel>
  )
}
