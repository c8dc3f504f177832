'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { formatCount } from '../../../format/count'
import { formatDuration, formatUtc } from '../../../format/time'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Skeleton } from '../../skeleton'
import { ActionDialog } from '../action-dialog'
import { BanForm } from './ban-form'

const REFRESH_MS = 5_000
const COLUMNS: readonly Column[] = [
  { name: 'Address' },
  { name: 'Why' },
  { name: 'By' },
  { name: 'Banned', numeric: true },
  { name: 'Until', numeric: true },
  { name: 'In a row', numeric: true },
  { name: 'Action' },
]

type Bans = inferRouterOutputs<AppRouter>['consoleBans']['list']
type Ban = Extract<Bans['bans'], { readonly known: true }>['value'][number]

/** Network addresses that the pool does not let in. */
export function BansConsole({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery({ ...trpc.consoleBans.list.queryOptions(), refetchInterval: REFRESH_MS })
  return (
    <>
      <h1 className="mb-5 text-2xl">Bans</h1>
      <div className="grid gap-5">
        <Panel title="Not let in">
          <Answer query={query} what="bans" loading={<Skeleton className="h-64" />}>
            {({ bans, nowMs }) =>
              bans.known ? (
                <BanRows bans={bans.value} nowMs={nowMs} />
              ) : (
                <Notice tone="wrong" title="Redis, which keeps the bans, does not answer">
                  Each stratum process goes on with the bans that it knows.
                </Notice>
              )
            }
          </Answer>
        </Panel>
        <BanForm address={address} />
      </div>
    </>
  )
}

function BanRows({ bans, nowMs }: { readonly bans: readonly Ban[]; readonly nowMs: number }) {
  if (bans.length === 0)
    return (
      <Empty title="Nobody is banned">
        The pool bans addresses by itself that send hardly anything but rejects, or floods of what no miner
        sends.
      </Empty>
    )
  return (
    <Rows caption="Bans" columns={COLUMNS} isWide>
      {bans.map((ban) => (
        <Row key={ban.address}>
          <Cell label="Address" span={3}>
            <span className="font-mono text-[0.8125rem] wrap-anywhere">{ban.address}</span>
          </Cell>
          <Cell label="Why" span={3}>
            <span className="wrap-anywhere">{ban.reason}</span>
          </Cell>
          <Cell label="By" span={3}>
            <span className="wrap-anywhere">{ban.by}</span>
          </Cell>
          <Cell label="Banned" numeric>
            <Age atMs={ban.sinceMs} />
          </Cell>
          <Cell label="Until" numeric>
            <time dateTime={new Date(ban.untilMs).toISOString()} title={formatUtc(ban.untilMs)}>
              in {formatDuration(ban.untilMs - nowMs)}
            </time>
          </Cell>
          <Cell label="In a row" numeric>
            {formatCount(ban.offences)}
          </Cell>
          <Cell label="Action" span={3}>
            <Lift ban={ban} />
          </Cell>
        </Row>
      ))}
    </Rows>
  )
}

function Lift({ ban: { address, reason } }: { readonly ban: Ban }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const lift = useMutation(
    trpc.consoleBans.lift.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  return (
    <ActionDialog action="bans.lift" run={() => lift.mutateAsync({ address })}>
      <p>
        Whoever is behind <span className="font-mono">{address}</span> may connect again within a second. It
        was banned for: {reason}.
      </p>
      <p>The pool bans it again, for as long as a first time, if it goes on as before.</p>
    </ActionDialog>
  )
}
