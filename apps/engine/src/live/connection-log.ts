import {
  CONNECTION_EVENTS_EXPIRE_MS,
  MAX_CONNECTION_EVENTS,
  type ConnectionEvent,
  type RefusalEvent,
} from '@headframe/core/live/connection-event'
import type { LiveKeys } from '@headframe/core/live/live-feed'
import { peerNameOf } from '@headframe/core/net/peer-name'
import type { ChainableCommander } from 'ioredis'
import { ConnectionTrace } from './connection-trace.js'

export interface ConnectionLogOptions {
  readonly writerId: string
  readonly keys: Pick<LiveKeys, 'connections' | 'refusals'>
}

/**
 * Events that wait for Redis; more are dropped. When a whole farm comes back at once its owner looks at its workers, and
 * not at the steps of each.
 */
export const MAX_PENDING_EVENTS = 2_000
/** Events told in one go: with what is kept of each, this bounds what a flood of addresses can fill Redis with. */
export const MAX_EVENTS_PER_PUBLISH = 100

/** The steps of connections, on their way to whoever is about to connect a miner. All of it may be dropped. */
export class ConnectionLog {
  readonly #options: ConnectionLogOptions
  readonly #nowMs: () => number
  #pending: { readonly key: string; readonly event: ConnectionEvent | RefusalEvent }[] = []
  #count = 0
  /** A process that is started again counts from 0 again. */
  readonly #prefix: string

  constructor(options: ConnectionLogOptions, nowMs: () => number) {
    this.#options = options
    this.#nowMs = nowMs
    this.#prefix = `${options.writerId}-${nowMs().toString(36)}`
  }

  get pendingCount(): number {
    return this.#pending.length
  }

  /** A connection that has just been let in. */
  open(remoteAddress: string, port: number): ConnectionTrace {
    const connection = `${this.#prefix}-${this.#count++}`
    return new ConnectionTrace({ connection, remoteAddress, port }, { log: this, nowMs: this.#nowMs })
  }

  tellAddress(address: string, event: ConnectionEvent): void {
    this.#push(this.#options.keys.connections(address), event)
  }

  tellPeer(remoteAddress: string, event: RefusalEvent): void {
    const name = peerNameOf(remoteAddress)
    if (name !== undefined) this.#push(this.#options.keys.refusals(name), event)
  }

  /** The oldest that wait, the rest with the next call. */
  takeInto(pipeline: ChainableCommander): void {
    for (const { key, event } of this.#pending.splice(0, MAX_EVENTS_PER_PUBLISH)) {
      pipeline.lpush(key, JSON.stringify(event))
      pipeline.ltrim(key, 0, MAX_CONNECTION_EVENTS - 1)
      pipeline.pexpire(key, CONNECTION_EVENTS_EXPIRE_MS)
    }
  }

  #push(key: string, event: ConnectionEvent | RefusalEvent): void {
    if (this.#pending.length < MAX_PENDING_EVENTS) this.#pending.push({ key, event })
  }
}
