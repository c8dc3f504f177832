'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Skeleton } from '../../skeleton'
import { AlarmsPanel } from './alarms-panel'
import { JournalPanel } from './journal-panel'
import { ProgramsPanel } from './programs-panel'
import { QueuesPanel } from './queues-panel'
import { REFRESH_MS } from './system-state'

/** Who runs, what waits, and what is wrong. */
export function ProcessesPage() {
  const trpc = useTRPC()
  const refetchInterval = REFRESH_MS
  const processes = useQuery({ ...trpc.consoleSystem.processes.queryOptions(), refetchInterval })
  const queues = useQuery({ ...trpc.consoleSystem.queues.queryOptions(), refetchInterval })
  const journal = useQuery({ ...trpc.consoleSystem.journal.queryOptions(), refetchInterval })
  return (
    <>
      <h1 className="mb-5 text-2xl">Processes, queues and journal</h1>
      <div className="grid gap-5">
        <Answer query={processes} what="processes" loading={<Skeleton className="h-72" />}>
          {({ programs, alarms, nowMs }) => (
            <>
              <AlarmsPanel alarms={alarms} />
              <ProgramsPanel programs={programs} nowMs={nowMs} />
            </>
          )}
        </Answer>
        <Answer query={queues} what="queues" loading={<Skeleton className="h-72" />}>
          {(report) => <QueuesPanel report={report} />}
        </Answer>
        <Answer query={journal} what="the journal" loading={<Skeleton className="h-48" />}>
          {(report) => <JournalPanel journal={report} />}
        </Answer>
      </div>
    </>
  )
}
