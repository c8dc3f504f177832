'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Link from 'next/link'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Answer } from '../../answer'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { UNANSWERED } from './use-wallet-answer'

type Request = inferRouterOutputs<AppRouter>['consolePayouts']['requests']['requests'][number]

const NAMES: Record<Request['kind'], string> = {
  retry: 'Try again',
  reconcile: 'Reconcile',
  import: 'Import signatures',
}
const WAITING_MS = 1_000

/** What was asked of whoever has the wallet, about one payout or any, and what became of it. */
export function RequestsPanel({ id }: { readonly id?: string }) {
  const trpc = useTRPC()
  const query = useQuery({
    ...trpc.consolePayouts.requests.queryOptions(id === undefined ? {} : { id }),
    refetchInterval: ({ state }) => (state.data?.requests.some(isWaiting) === true ? WAITING_MS : false),
  })
  if (query.data?.requests.length === 0) return null
  return (
    <Panel title="Asked of the wallet">
      <Answer query={query} what="what was asked" loading={<Skeleton className="h-24" />}>
        {({ requests }) => (
          <ol aria-label="Requests" className="divide-line divide-y">
            {requests.map((request) => (
              <RequestItem key={String(request.id)} request={request} isOfOne={id !== undefined} />
            ))}
          </ol>
        )}
      </Answer>
    </Panel>
  )
}

const isWaiting = ({ standing }: Request): boolean => standing === 'asked' || standing === 'taken'

function RequestItem({
  request: { kind, batchId, author, askedAtMs, standing, answer },
  isOfOne,
}: {
  readonly request: Request
  readonly isOfOne: boolean
}) {
  const isBad = standing === 'refused' || standing === 'unanswered'
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap gap-x-3">
        <span className="font-medium">{NAMES[kind]}</span>
        {batchId !== undefined && !isOfOne && (
          <Link className="link" href={`/console/payouts/${batchId}`}>
            payout {String(batchId)}
          </Link>
        )}
        <span className="text-quiet">by {author}</span>
        <span className={isBad ? 'text-oxide' : isWaitingText(standing)}>{standing}</span>
        <span className="text-faint ml-auto text-sm">
          <Age atMs={askedAtMs} />
        </span>
      </p>
      {(answer !== undefined || standing === 'unanswered') && (
        <p className="text-quiet text-sm wrap-anywhere">{answer?.text ?? UNANSWERED}</p>
      )}
    </li>
  )
}

const isWaitingText = (standing: Request['standing']): string =>
  standing === 'done' ? 'text-copper' : 'text-ochre'
