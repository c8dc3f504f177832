'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { troublesOf, type Trouble } from '../../measure/troubles'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Lasting } from '../lasting'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Skeleton } from '../skeleton'
import type { StatusState } from '../status/status-state'
import { Unknown } from '../unknown'

const REFRESH_MS = 5_000

/** What an operator who was woken up wants to know: what is wrong, since when, and what waits for him. */
export function OverviewPage() {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.pool.status.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <>
      <h1 className="mb-5 text-2xl">Console</h1>
      <Answer query={query} what="how the pool stands" loading={<Skeleton className="h-96" />}>
        {(status) =>
          status.isSetUp ? (
            <div className="grid gap-5">
              <TroublesPanel troubles={troublesOf(status)} />
              <StandingPanel status={status} />
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

function TroublesPanel({ troubles }: { readonly troubles: readonly Trouble[] }) {
  return (
    <Panel title="What is wrong">
      {troubles.length === 0 ? (
        <p className="text-copper flex items-center gap-2 font-medium">
          <CircleCheck size={18} aria-hidden="true" /> Nothing that the pool knows of
        </p>
      ) : (
        <ul className="divide-line divide-y">
          {troubles.map((trouble) => (
            <TroubleItem key={trouble.title} trouble={trouble} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function TroubleItem({ trouble: { weight, title, detail, sinceMs, href } }: { readonly trouble: Trouble }) {
  const Icon = weight === 'wrong' ? TriangleAlert : Hourglass
  return (
    <li className="flex gap-3 py-2.5">
      <Icon
        size={18}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${weight === 'wrong' ? 'text-oxide' : 'text-ochre'}`}
      />
      <div className="min-w-0">
        <p>
          <span className="sr-only">{weight === 'wrong' ? 'Wrong: ' : 'Waits: '}</span>
          <Link href={href} className="link font-medium">
            {title}
          </Link>
          {sinceMs !== undefined && (
            <span className="text-faint text-sm">
              {' '}
              <Lasting sinceMs={sinceMs} />
            </span>
          )}
        </p>
        {detail !== undefined && detail !== '' && (
          <p className="text-quiet text-sm wrap-anywhere">{detail}</p>
        )}
      </div>
    </li>
  )
}

function StandingPanel({ status: { node, processes, payouts, record } }: { readonly status: StatusState }) {
  const waiting = payouts.open.filter(({ awaitsApproval }) => awaitsApproval)
  const underWay = payouts.open.reduce((sum, { totalSats }) => sum + totalSats, 0n)
  const workers = processes.known
    ? processes.value.reduce((sum, [, report]) => sum + report.workers, 0)
    : undefined
  return (
    <Panel
      title="How it stands"
      actions={
        <Link href="/status" className="link text-sm">
          Every part of it
        </Link>
      }
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4 lg:gap-x-8">
        <Reading
          label="Payouts to approve"
          note={
            payouts.open.length > 0 && (
              <Link href="/console/payouts" className="link">
                of {payouts.open.length} under way
              </Link>
            )
          }
        >
          {waiting.length}
        </Reading>
        <Reading label="Workers">{workers ?? <Unknown why="serve does not report" />}</Reading>
        <Reading label="On its way to miners" className="col-span-2 lg:col-span-1">
          <Amount sats={underWay} />
        </Reading>
        <Reading
          label="Height"
          note={
            <>
              record up to <Age atMs={record.untilMs} />
            </>
          }
        >
          {node.known && node.value.height !== undefined ? (
            node.value.height
          ) : (
            <Unknown why="no node has said" />
          )}
        </Reading>
      </dl>
    </Panel>
  )
}
