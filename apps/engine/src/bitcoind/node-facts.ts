import type { LiveNodeFacts } from '@headframe/core/live/live-system'
import type { Node } from './open-nodes.js'
import type { RpcObserver } from './rpc-client.js'

/** The parts of `getnetworkinfo` that are told (Bitcoin Core `src/rpc/net.cpp`). */
interface NetworkInfo {
  readonly subversion: string
  readonly connections_in?: number
  readonly connections_out?: number
}

/** Peers come and go; nothing is decided by them. */
const LOOK_INTERVAL_MS = 30_000
const TIMEOUT_MS = 5_000
/** The call that every look makes: by it nodes can be compared. */
const TIMED_CALL = 'getblockchaininfo'

/** What nodes say of themselves that nothing depends on: version, peers, how fast they answer. For whoever watches them. */
export class NodeFacts {
  readonly #nodes: readonly Node[]
  readonly #said = new Map<string, Omit<LiveNodeFacts, 'latencyMs' | 'zmq'>>()
  readonly #latencyMs: ReadonlyMap<string, number>
  #timer: NodeJS.Timeout | undefined

  constructor(nodes: readonly Node[], latencyMs: ReadonlyMap<string, number>) {
    this.#nodes = nodes
    this.#latencyMs = latencyMs
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_INTERVAL_MS)
    void this.look()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** Asks every node. Never rejects. */
  async look(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => this.#ask(node)))
  }

  of(name: string): LiveNodeFacts {
    const place = this.#nodes.find((node) => node.name === name)?.place
    const zmq = [
      ...(place?.rawblockUrl === undefined ? [] : ['rawblock' as const]),
      ...(place?.hashblockUrl === undefined ? [] : ['hashblock' as const]),
    ]
    return { ...this.#said.get(name), latencyMs: this.#latencyMs.get(name), zmq }
  }

  /** A node that does not answer, or does not let the pool ask this, says nothing any more. */
  async #ask({ name, rpc }: Node): Promise<void> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const info = await rpc.call<NetworkInfo>('getnetworkinfo', [], signal)
      const { subversion: version, connections_in: peersIn, connections_out: peersOut } = info
      this.#said.set(name, { version, peersIn, peersOut })
    } catch {
      this.#said.delete(name)
    }
  }
}

/** Hears how long calls take, before whoever else wants to know, and keeps the last of each node. */
export function timingCalls(
  latencyMs: Map<string, number>,
  observe: (name: string) => RpcObserver,
): (name: string) => RpcObserver {
  return (name) => {
    const next = observe(name)
    return (method, tookMs, outcome) => {
      if (method === TIMED_CALL && outcome === 'answered') latencyMs.set(name, Math.round(tookMs * 10) / 10)
      if (method === TIMED_CALL && outcome !== 'answered') latencyMs.delete(name)
      next(method, tookMs, outcome)
    }
  }
}
