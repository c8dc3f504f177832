'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Skeleton } from '../skeleton'
import { Unknown } from '../unknown'
import { DirectPanel } from './direct-panel'
import { FppsPanel } from './fpps-panel'
import { NodesPanel } from './nodes-panel'
import { PartsPanels } from './parts-panel'
import { PayoutsStatusPanel } from './payouts-status-panel'
import { ProcessesPanel } from './processes-panel'
import { CanaryPanel, SelfCheckPanel } from './self-watch-panels'
import type { StatusState } from './status-state'

/** Ages of jobs and templates are no news that anybody tells a page. */
const REFRESH_MS = 5_000

/** Everything that can be wrong with the pool, in one place: for miners what it comes to, then how each part stands. */
export function StatusPage() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.pool.status.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <>
      <h1 className="mb-5 text-2xl">Status</h1>
      <div className="mb-5 grid gap-5">
        <PartsPanels />
      </div>
      <Answer query={query} what="status" loading={<Skeleton className="h-96" />}>
        {(status) =>
          status.isSetUp ? (
            <div className="grid gap-5">
              <NodesPanel node={status.node} />
              <DirectPanel node={status.node} />
              <div className="grid gap-5 lg:grid-cols-2">
                <SelfCheckPanel selfCheck={status.selfCheck} />
                <CanaryPanel canary={status.canary} />
              </div>
              <PayoutsStatusPanel payouts={status.payouts} />
              <FppsPanel fpps={status.fpps} />
              <JournalPanel record={status.record} />
              <ProcessesPanel processes={status.processes} />
            </div>
          ) : (
            <Empty title="The pool is not set up yet">
              Start settle once: it writes down what is in force.
            </Empty>
          )
        }
      </Answer>
    </>
  )
}

const RECORD_NOTES: Readonly<Record<StatusState['record']['state'], string>> = {
  empty: 'no share yet',
  current: 'nothing waits on a disk',
  'journal-behind': 'the shipper is behind: shares wait on the disks',
  'rollups-behind': 'settle is behind: shares are not summed up',
}

function JournalPanel({ record }: { readonly record: StatusState['record'] }) {
  return (
    <Panel title="Journal">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-5">
        <Reading label="Complete up to" note={RECORD_NOTES[record.state]}>
          <Age atMs={record.untilMs} />
        </Reading>
        <Reading label="First share">
          {record.firstShareAtMs === undefined ? (
            <Unknown why="none yet" />
          ) : (
            <Age atMs={record.firstShareAtMs} />
          )}
        </Reading>
      </dl>
    </Panel>
  )
}
