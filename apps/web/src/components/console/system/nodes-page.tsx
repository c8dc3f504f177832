'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client'
import { Answer } from '../../answer'
import { Skeleton } from '../../skeleton'
import { CanaryPanel, SelfCheckPanel } from '../../status/self-watch-panels'
import { NodeDetailsPanel } from './node-details-panel'
import { REFRESH_MS } from './system-state'
import { WorkPanel } from './work-panel'

/** Where work comes from, and whether it is any good. */
export function NodesPage() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.consoleSystem.nodes.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <>
      <h1 className="mb-5 text-2xl">Nodes and templates</h1>
      <Answer query={query} what="nodes and templates" loading={<Skeleton className="h-96" />}>
        {({ node, work, selfCheck, canary }) => (
          <div className="grid gap-5">
            <NodeDetailsPanel node={node} />
            <WorkPanel work={work} jobAgeMs={node.known ? node.value.jobAgeMs : undefined} />
            <div className="grid gap-5 lg:grid-cols-2">
              <SelfCheckPanel selfCheck={selfCheck} />
              <CanaryPanel canary={canary} />
            </div>
          </div>
        )}
      </Answer>
    </>
  )
}
