'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Tabs } from 'radix-ui'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { MODE_NAMES, PortSettings, type Connection } from './port-settings'

interface ConnectPanelProps {
  /** Host under which the page was opened: stands in when the operator has named no other. */
  readonly pageHost: string
  /** Fills in the user, when it is known whose page this is. */
  readonly address?: string
}

export function ConnectPanel({ pageHost, address }: ConnectPanelProps) {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.connect.queryOptions())
  return (
    <Panel
      title="Connect a miner"
      actions={
        <Link
          href={address === undefined ? '/connect' : `/connect?${new URLSearchParams({ address })}`}
          className="link text-sm"
        >
          Step by step
        </Link>
      }
    >
      <Answer query={query} what="settings" loading={<Skeleton className="h-72" />}>
        {(connection) =>
          connection === null || connection.ports.length === 0 ? (
            <Empty title="No port is open">The pool has not been started yet.</Empty>
          ) : (
            <Ports connection={connection} pageHost={pageHost} address={address} />
          )
        }
      </Answer>
    </Panel>
  )
}

interface PortsProps {
  readonly connection: Connection
  readonly pageHost: string
  readonly address: string | undefined
}

function Ports({ connection, pageHost, address }: PortsProps) {
  const { ports } = connection
  return (
    <Tabs.Root defaultValue={String(ports[0]?.port)}>
      <Tabs.List aria-label="Ports" className="border-line mb-4 flex flex-wrap border-b">
        {ports.map(({ port, mode, tls }) => (
          <Tabs.Trigger
            key={port}
            value={String(port)}
            className="text-quiet hover:text-ink data-[state=active]:text-ink data-[state=active]:border-copper -mb-px border-b-2 border-transparent px-3 py-2 text-sm first:pl-0"
          >
            {MODE_NAMES[mode]} · {port}
            {tls && ' · TLS'}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {ports.map((port) => (
        <Tabs.Content key={port.port} value={String(port.port)} tabIndex={-1}>
          <PortSettings port={port} connection={connection} pageHost={pageHost} address={address} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
