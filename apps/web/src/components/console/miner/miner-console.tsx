'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatUtc } from '../../../format/time'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { ChangeRows } from '../../account/change-rows'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Answer } from '../../answer'
import { CopyButton } from '../../copy-field'
import { Empty } from '../../empty'
import { SESSIONS_PER_PAGE } from '../../first-look'
import { BalancePanel } from '../../miner/balance-panel'
import { WorkersPanel } from '../../miner/workers-panel'
import { Panel } from '../../panel'
import { Skeleton } from '../../skeleton'
import { Unknown } from '../../unknown'
import { SessionRows } from '../session/session-rows'
import { Unheard } from '../session/sessions-console'

const REFRESH_MS = 10_000

type Miner = NonNullable<inferRouterOutputs<AppRouter>['consoleMiners']['one']>

/** All that the pool knows of a miner, for whoever has to answer his mail. */
export function MinerConsole({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.consoleMiners.one.queryOptions({ address }))
  return (
    <>
      <h1 className="text-2xl">Miner</h1>
      <p className="mb-5 flex items-center gap-2">
        <span className="min-w-0 font-mono text-sm wrap-anywhere">{address}</span>
        <CopyButton value={address} what="address" />
      </p>
      <Answer query={query} what="the miner" loading={<Skeleton className="h-96" />}>
        {(miner) =>
          miner === null ? (
            <Empty title="The pool has no share of this address">
              Whoever is connecting is among the{' '}
              <Link className="link" href="/console/sessions">
                open sessions
              </Link>
              .
            </Empty>
          ) : (
            <div className="grid gap-5">
              <div className="grid gap-5 lg:grid-cols-2">
                <AccountPanel miner={miner} />
                <BalancePanel address={address} />
              </div>
              <SessionsOfMiner address={address} />
              <WorkersPanel address={address} view={{ sort: 'state', isWhole: false }} />
              <Panel title="Changes of his settings">
                {miner.changes.length === 0 ? (
                  <Empty title="Nothing was changed yet" />
                ) : (
                  <ChangeRows caption="Changes of his settings" changes={miner.changes} />
                )}
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  )
}

function AccountPanel({ miner }: { readonly miner: Miner }) {
  const { payoutAddress, ownThresholdSats, poolThresholdSats, lastShareAtMs } = miner
  const { current, pending } = payoutAddress
  return (
    <Panel
      title="Account"
      actions={
        <Link className="link text-sm" href={`/miners/${miner.address}`}>
          His public page
        </Link>
      }
    >
      <dl className="divide-line -my-2 divide-y text-sm">
        <Fact name="Listed">{miner.isUnlisted ? 'no: under a pseudonym, in public' : 'yes'}</Fact>
        <Fact name="First seen">{formatUtc(miner.firstSeenAtMs)}</Fact>
        <Fact name="Last share">
          {lastShareAtMs === undefined ? <Unknown why="none accepted" /> : <Age atMs={lastShareAtMs} />}
        </Fact>
        <Fact name="Payout threshold">
          {ownThresholdSats !== undefined ? (
            <>
              <Amount sats={ownThresholdSats} />, his own
            </>
          ) : poolThresholdSats !== undefined ? (
            <>
              <Amount sats={poolThresholdSats} />, the pool’s
            </>
          ) : (
            <Unknown why="nothing is paid on chain" />
          )}
        </Fact>
        <Fact name="Paid to">{current === undefined ? 'this address' : <Place of={current.address} />}</Fact>
        {pending !== undefined && (
          <Fact name="To be paid to">
            <Place of={pending.address} /> from {formatUtc(pending.effectiveAtMs)}
          </Fact>
        )}
        <Fact name="Alerts">{miner.hasAlerts ? 'yes, he has a channel' : 'none'}</Fact>
      </dl>
    </Panel>
  )
}

function SessionsOfMiner({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery({
    ...trpc.consoleSessions.list.queryOptions({ address, limit: SESSIONS_PER_PAGE }),
    refetchInterval: REFRESH_MS,
  })
  return (
    <Panel title="Sessions open now">
      <Answer query={query} what="sessions" loading={<Skeleton className="h-32" />}>
        {({ asked, answered, sessions, matching }) => (
          <>
            <Unheard asked={asked} answered={answered} />
            {sessions.length === 0 ? (
              <Empty title="None of his machines is connected" />
            ) : (
              <SessionRows sessions={sessions} />
            )}
            {matching > sessions.length && (
              <p className="text-faint mt-3 text-sm">
                These are the {sessions.length} of {matching} that connected last;{' '}
                <Link className="link" href={`/console/sessions?search=${address}`}>
                  all of them
                </Link>
                .
              </p>
            )}
          </>
        )}
      </Answer>
    </Panel>
  )
}

function Place({ of }: { readonly of: string }) {
  return <span className="font-mono wrap-anywhere">{of}</span>
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 py-2.5">
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  )
}
