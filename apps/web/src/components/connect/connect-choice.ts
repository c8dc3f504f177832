import { choosePort } from '../../measure/choose-port'
import type { Connection } from './port-settings'
import { machineOf, type Machine } from './machines'

/** What stands in the address of the page, so that it can be sent to somebody, and works without scripts. */
export interface ConnectChoice {
  readonly machine: string
  /** Undefined: the one that fits the machine. */
  readonly port: number | undefined
  /** As typed; empty when it was not. */
  readonly address: string
  readonly worker: string
}

const MAX_TEXT_CHARS = 120
const DEFAULT_WORKER = 'rig1'

export function choiceOfParams(params: Readonly<Record<string, unknown>>): ConnectChoice {
  const port = Number(textOf(params['port']))
  // What people have at hand is mostly address.worker.
  const [address = '', ...rest] = textOf(params['address']).trim().split(/[._]/)
  const worker = textOf(params['worker']).trim() || rest.join('.')
  return {
    machine: machineOf(params['machine']).id,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    address,
    worker,
  }
}

export function pathOfChoice(choice: ConnectChoice): string {
  const params = new URLSearchParams({ machine: choice.machine })
  if (choice.port !== undefined) params.set('port', String(choice.port))
  if (choice.address !== '') params.set('address', choice.address)
  if (choice.worker !== '') params.set('worker', choice.worker)
  return `/connect?${params.toString()}`
}

export type Port = Connection['ports'][number]

/** The port that was chosen if the pool has it, else the one that fits. Undefined while the pool has none. */
export function portOf(choice: ConnectChoice, machine: Machine, ports: readonly Port[]): Port | undefined {
  return ports.find(({ port }) => port === choice.port) ?? choosePort(ports, machine.hashesPerSecond)
}

export function userOf({ worker }: ConnectChoice, address: string): string {
  return `${address}.${worker || DEFAULT_WORKER}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT_CHARS) : ''
}
