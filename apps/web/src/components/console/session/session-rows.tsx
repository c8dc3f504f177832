'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { Lock } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '../../../format/count'
import { shorten } from '../../../format/shorten'
import type { AppRouter } from '../../../server/routers/root'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Difficulty } from '../../difficulty'
import { Cell, Row, Rows, type Column } from '../../rows'
import { Unknown } from '../../unknown'
import { ActionDialog } from '../action-dialog'

export type ShownSession = inferRouterOutputs<AppRouter>['consoleSessions']['list']['sessions'][number]

const COLUMNS: readonly Column[] = [
  { name: 'Miner' },
  { name: 'Client' },
  { name: 'From' },
  { name: 'Difficulty', numeric: true },
  { name: 'Connected', numeric: true },
  { name: 'Last share', numeric: true },
  { name: 'Shares', numeric: true },
  { name: 'Rejects', numeric: true },
  { name: 'Action' },
]

/** Open sessions, one a row, with a button that ends it. */
export function SessionRows({ sessions }: { readonly sessions: readonly ShownSession[] }) {
  return (
    <Rows caption="Open sessions" columns={COLUMNS} isWide>
      {sessions.map((session) => (
        <SessionRow key={session.connection} session={session} />
      ))}
    </Rows>
  )
}

function SessionRow({ session }: { readonly session: ShownSession }) {
  const { difficulty, connectedAtMs, lastShareAtMs, shares, rejects } = session
  return (
    <Row>
      <Cell label="Miner" span={3}>
        <Who session={session} />
      </Cell>
      <Cell label="Client" span={3}>
        <Client session={session} />
      </Cell>
      <Cell label="From" span={3}>
        <From session={session} />
      </Cell>
      <Cell label="Difficulty" numeric>
        {difficulty === 0 ? <Unknown why="no job yet" /> : <Difficulty value={difficulty} />}
      </Cell>
      <Cell label="Connected" numeric>
        <Age atMs={connectedAtMs} />
      </Cell>
      <Cell label="Last share" numeric>
        {lastShareAtMs === undefined ? <Unknown why="none yet" /> : <Age atMs={lastShareAtMs} />}
      </Cell>
      <Cell label="Shares" numeric>
        {formatCount(shares)}
      </Cell>
      <Cell label="Rejects" numeric>
        <span className={rejects > shares ? 'text-oxide' : undefined}>{formatCount(rejects)}</span>
      </Cell>
      <Cell label="Action" span={3}>
        <Disconnect session={session} />
      </Cell>
    </Row>
  )
}

function Who({ session: { workers, workerCount } }: { readonly session: ShownSession }) {
  const [first] = workers
  if (first === undefined) return <span className="text-quiet">has not authorized yet</span>
  const more = workerCount - 1
  return (
    <>
      <Link
        href={`/console/miners/${first.address}`}
        className="link font-mono text-[0.8125rem]"
        title={first.address}
      >
        {shorten(first.address, 10, 6)}
      </Link>
      <span className="block wrap-anywhere">
        {first.workerName === '' ? <span className="text-faint">no worker name</span> : first.workerName}
        {more > 0 && (
          <span className="text-faint" title={workers.map(({ workerName }) => workerName).join(', ')}>
            {' '}
            and {formatCount(more)} more
          </span>
        )}
      </span>
    </>
  )
}

function Client({ session: { userAgent, profile, versionMask } }: { readonly session: ShownSession }) {
  const mask = versionMask === 0 ? 'rolls no version' : `mask ${versionMask.toString(16).padStart(8, '0')}`
  return (
    <>
      <span className="wrap-anywhere">
        {userAgent === '' ? <Unknown why="it has not said what it is" /> : userAgent}
      </span>
      <span className="text-faint block text-xs">
        profile {profile}, {mask}
      </span>
    </>
  )
}

function From({ session: { remoteAddress, port, tls, mode, writerId } }: { readonly session: ShownSession }) {
  return (
    <>
      <span className="font-mono text-[0.8125rem] wrap-anywhere">
        {remoteAddress.replace(/^::ffff:/, '')}
      </span>
      <span className="text-faint block text-xs">
        {tls && <Lock size={12} aria-hidden="true" className="mr-1 inline align-[-0.1em]" />}
        {tls ? 'TLS, ' : ''}port {port} ({mode}), {writerId}
      </span>
    </>
  )
}

function Disconnect({ session }: { readonly session: ShownSession }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const cut = useMutation(
    trpc.consoleSessions.disconnect.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(),
    }),
  )
  const { connection, remoteAddress, workers } = session
  const [first] = workers
  return (
    <ActionDialog action="sessions.disconnect" run={() => cut.mutateAsync({ connection })}>
      <p>
        The connection of{' '}
        {first === undefined ? 'a miner that has not authorized' : `${first.workerName || 'a worker'} of`}{' '}
        {first !== undefined && <span className="font-mono wrap-anywhere">{first.address}</span>} from{' '}
        <span className="font-mono">{remoteAddress}</span> ends. Its shares stay counted. Nothing keeps it
        from connecting again, which most miners do within seconds.
      </p>
      <p>
        To keep it out,{' '}
        <Link className="link" href={`/console/bans?address=${encodeURIComponent(remoteAddress)}`}>
          ban its network address
        </Link>
        .
      </p>
    </ActionDialog>
  )
}
