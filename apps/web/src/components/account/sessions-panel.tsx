'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { Button, Outcome } from './controls'
import { useReload } from './use-change'

/** Where he is signed in, and how that ends. */
export function SessionsPanel() {
  const trpc = useTRPC()
  const query = useQuery(trpc.account.sessions.queryOptions())
  const reload = useReload()
  const end = useMutation(trpc.account.endSession.mutationOptions(reload))
  const endAll = useMutation(
    trpc.account.endSessions.mutationOptions({
      // This browser is out as well.
      onSuccess: () => window.location.assign('/account'),
    }),
  )
  return (
    <Panel title="Signed in">
      <Answer query={query} what="your sessions" loading={<Skeleton className="h-24" />}>
        {(sessions) => (
          <ul className="divide-line mb-3 divide-y">
            {sessions.map(({ sessionId, userAgent, createdAtMs, lastSeenAtMs, isThis }) => (
              <li key={sessionId} className="flex items-start justify-between gap-4 py-2">
                <div className="min-w-0 text-sm">
                  <p className="wrap-anywhere">{userAgent === '' ? 'A browser without a name' : userAgent}</p>
                  <p className="text-faint">
                    {isThis ? 'This browser, signed in ' : 'Seen '}
                    <Age atMs={isThis ? createdAtMs : lastSeenAtMs} />
                  </p>
                </div>
                {!isThis && (
                  <Button disabled={end.isPending} onClick={() => end.mutate({ sessionId })}>
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <Button tone="danger" disabled={endAll.isPending} onClick={() => endAll.mutate()}>
        Sign out everywhere
      </Button>
      <Outcome error={end.error ?? endAll.error} />
    </Panel>
  )
}
