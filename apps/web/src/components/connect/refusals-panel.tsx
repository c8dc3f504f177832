'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { closeText } from '../../format/close-reason'
import { formatUtc } from '../../format/time'
import type { AppRouter } from '../../server/routers/root'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Notice } from '../notice'
import { Panel } from '../panel'

type Refusals = inferRouterOutputs<AppRouter>['pool']['refusals']
type Refusal = Extract<Refusals['refusals'], { known: true }>['value'][number]

const REFRESH_MS = 3_000
const SHOWN = 5

/**
 * Connections that could not be known by an address, because it was mistyped or never named: of the visitor's own network
 * alone. Where the pool cannot tell that, or nothing came, there is nothing to show.
 */
export function RefusalsPanel() {
  const trpc = useTRPC()
  const { data } = useQuery({ ...trpc.pool.refusals.queryOptions(), refetchInterval: REFRESH_MS })
  if (data?.peer === undefined || !data.refusals.known) return null
  const { ban, refusals, peer } = data
  if (ban === undefined && refusals.value.length === 0) return null
  return (
    <Panel title="From your network, without an address">
      <div role="status" className="space-y-4 text-sm">
        {ban !== undefined && (
          <Notice tone="wrong" title={`The pool lets nobody in from ${peer} until ${formatUtc(ban.untilMs)}`}>
            {ban.reason}
          </Notice>
        )}
        <ul className="space-y-3">
          {refusals.value.slice(0, SHOWN).map((refusal) => (
            <RefusalItem key={`${refusal.connection}-${refusal.what}-${refusal.atMs}`} refusal={refusal} />
          ))}
        </ul>
        <p className="text-faint">
          Seen from {peer}, which is where this page is read, too. Nobody else sees it.
        </p>
      </div>
    </Panel>
  )
}

function RefusalItem({ refusal }: { readonly refusal: Refusal }) {
  const { port, userAgent, atMs } = refusal
  return (
    <li className="min-w-0">
      {refusal.what === 'refused' ? (
        <>
          <span className="text-oxide font-medium">Refused: {refusal.text.replace(/\.?$/, '.')}</span>{' '}
          <span className="text-quiet block font-mono text-[0.8125rem] wrap-anywhere">
            {refusal.username}
          </span>
        </>
      ) : (
        <span className="font-medium">
          {closeText(refusal.reason)}
          {refusal.hasSubscribed ? ', after it had subscribed' : ''}.
        </span>
      )}
      <span className="text-faint block">
        {userAgent === '' ? 'A miner that does not say what it is' : userAgent}, port {port},{' '}
        <Age atMs={atMs} />
      </span>
    </li>
  )
}
