'use client'

import { useQuery } from '@tanstack/react-query'
import { useMyMiner } from '../../my-miner/my-miner'
import { useTRPC } from '../../trpc/client'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { AddressForm } from './address-form'
import { AttemptsPanel } from './attempts-panel'
import { userOf, portOf, type ConnectChoice } from './connect-choice'
import { MachinePicker } from './machine-picker'
import { MachineSettings } from './machine-settings'
import { COMMON_MISTAKES, machineOf } from './machines'
import { PortPicker } from './port-picker'
import { ADDRESS_STARTS, type Connection } from './port-settings'
import { RefusalsPanel } from './refusals-panel'

interface ConnectPageProps {
  readonly choice: ConnectChoice
  /** Host under which the page was opened: stands in when the operator has named no other. */
  readonly pageHost: string
}

/** From the machine to its first share: exact settings, and what the pool sees of it. */
export function ConnectPage({ choice, pageHost }: ConnectPageProps) {
  const trpc = useTRPC()
  const query = useQuery(trpc.pool.connect.queryOptions())
  return (
    <>
      <h1 className="mb-5 text-2xl">Connect a miner</h1>
      <Answer query={query} what="settings" loading={<Skeleton className="h-96" />}>
        {(connection) =>
          connection === null || connection.ports.length === 0 ? (
            <Empty title="No port is open">The pool has not been started yet.</Empty>
          ) : (
            <Steps choice={choice} connection={connection} pageHost={pageHost} />
          )
        }
      </Answer>
    </>
  )
}

function Steps({ choice, connection, pageHost }: ConnectPageProps & { readonly connection: Connection }) {
  const machine = machineOf(choice.machine)
  const port = portOf(choice, machine, connection.ports)
  const myMiner = useMyMiner()
  const address = choice.address || myMiner
  const shown = address ?? `${ADDRESS_STARTS[connection.network]}…your-address`
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <div className="grid content-start gap-5">
        <Panel title="1. Your machine">
          <MachinePicker choice={choice} />
        </Panel>
        <Panel title="2. Your address and the port">
          <div className="space-y-5">
            <AddressForm choice={choice} network={connection.network} />
            <PortPicker choice={choice} connection={connection} machine={machine} chosen={port} />
          </div>
        </Panel>
      </div>
      <div className="grid content-start gap-5">
        <Panel title="3. What to type in">
          {port !== undefined && (
            <MachineSettings
              machine={machine}
              port={port}
              host={connection.host ?? pageHost}
              user={userOf(choice, shown)}
              hasAddress={address !== undefined}
            />
          )}
        </Panel>
        <AttemptsPanel address={address} />
        <RefusalsPanel />
        <Panel title="When it does not come">
          <ul className="text-quiet list-disc space-y-2 pl-5 text-sm">
            {[...machine.mistakes, ...COMMON_MISTAKES].map((mistake) => (
              <li key={mistake}>{mistake}</li>
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  )
}
