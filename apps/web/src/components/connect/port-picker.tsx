import clsx from 'clsx'
import Link from 'next/link'
import { formatDifficulty } from '../../format/count'
import { choosePort } from '../../measure/choose-port'
import { pathOfChoice, type ConnectChoice, type Port } from './connect-choice'
import type { Machine } from './machines'
import { MODE_NAMES, PaysText, type Connection } from './port-settings'

interface PortPickerProps {
  readonly choice: ConnectChoice
  readonly connection: Connection
  readonly machine: Machine
  readonly chosen: Port | undefined
}

/** Every port with what it pays and where it starts; the one that fits the machine is named. */
export function PortPicker({ choice, connection, machine, chosen }: PortPickerProps) {
  const fitting = choosePort(connection.ports, machine.hashesPerSecond)
  return (
    <ul className="grid gap-2" aria-label="Ports">
      {connection.ports.map((port) => (
        <li key={port.port}>
          <Link
            href={pathOfChoice({ ...choice, port: port.port })}
            scroll={false}
            aria-current={port === chosen ? 'true' : undefined}
            className={clsx(
              'block rounded border px-3 py-2 text-sm',
              port === chosen ? 'border-copper bg-copper-wash' : 'border-line hover:border-edge',
            )}
          >
            <span className="text-ink font-medium">
              {port.port} · {MODE_NAMES[port.mode]}
              {port.tls && ' · TLS'}
            </span>
            {port === fitting && <span className="text-copper ml-2 text-xs">fits this machine</span>}
            <span className="text-quiet block">
              {port.fixed ? 'Difficulty ' : 'Starts at difficulty '}
              {formatDifficulty(port.startDifficulty)}
              {port.fixed ? ', fixed' : ' and follows the machine'}
              {port.tls && !machine.takesTls && '; this machine is not known to speak TLS'}
            </span>
          </Link>
        </li>
      ))}
      {chosen !== undefined && (
        <li className="text-quiet text-sm">
          <span className="text-faint">Pays: </span>
          <PaysText port={chosen} connection={connection} />
        </li>
      )}
    </ul>
  )
}
