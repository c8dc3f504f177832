import cluster, { type Worker } from 'node:cluster'
import type { Network } from '@headframe/core/chain/network'
import type { Log } from '../log.js'
import type { PrefixLeases } from '../sessions/prefix-leases.js'
import type { ToPrimary, ToStratum } from './messages.js'
import { Opening } from './opening.js'
import { Supervisor } from './supervisor.js'

export interface StratumFleetModules {
  readonly leases: Pick<PrefixLeases, 'hold'>
  readonly log: Log
  readonly nowMs: () => number
  /** What a process tells that is not about itself. */
  readonly onMessage: (message: ToPrimary) => void
  /** Gives a process the work that there is; from then on it hears of each that follows. */
  readonly greet: (send: (message: ToStratum) => void) => void
}

/** The stratum processes: one a slot, kept alive, let in together, and told of the work. */
export class StratumFleet {
  readonly #network: Network
  readonly #modules: StratumFleetModules
  readonly #supervisors: readonly Supervisor[]
  readonly #opening: Opening<Worker>
  readonly #workers = new Map<number, Worker>()
  readonly #startedSlots = new Set<number>()
  /** Those that were given the job; they hear of each that follows, and none hears of one twice. */
  readonly #greeted = new WeakSet<Worker>()

  constructor(
    { processes, network }: { readonly processes: number; readonly network: Network },
    modules: StratumFleetModules,
  ) {
    this.#network = network
    this.#modules = modules
    this.#opening = new Opening(processes, (worker) => this.#greet(worker))
    this.#supervisors = Array.from({ length: processes }, (_, slot) => {
      const start = () => this.#start(slot).process
      return new Supervisor({ name: `stratum-${slot}`, start }, modules)
    })
  }

  /** What there is to say of it, in a line for a person. */
  describe(hasWork: boolean): string {
    const open = [...this.#workers.values()].filter(
      (worker) => this.#greeted.has(worker) && worker.isConnected(),
    )
    const does = hasWork ? 'gives work to' : 'has no work for'
    return `${does} ${open.length} of ${this.#supervisors.length} stratum processes`
  }

  start(): void {
    cluster.setupPrimary({ serialization: 'advanced' })
    for (const supervisor of this.#supervisors) supervisor.start()
  }

  broadcast(message: ToStratum): void {
    for (const worker of this.#workers.values()) {
      if (this.#greeted.has(worker) && worker.isConnected()) worker.send(message)
    }
  }

  askToEnd(slot: number): void {
    const worker = this.#workers.get(slot)
    if (worker?.isConnected()) worker.send({ type: 'close' } satisfies ToStratum)
  }

  async close(withinMs: number): Promise<void> {
    await Promise.all(
      this.#supervisors.map((supervisor, slot) => supervisor.close(() => this.askToEnd(slot), withinMs)),
    )
    this.#opening.close()
  }

  #start(slot: number): Worker {
    const worker = cluster.fork()
    this.#workers.set(slot, worker)
    worker.on('message', (message: ToPrimary) => {
      if (message.type === 'hello') void this.#welcome(slot, worker)
      else if (message.type === 'started') this.#opening.arrive(worker)
      else this.#modules.onMessage(message)
    })
    return worker
  }

  /** Sessions need a prefix: a process without one waits here, and is not listening. */
  async #welcome(slot: number, worker: Worker): Promise<void> {
    const extranonce1Prefix = await this.#modules.leases.hold(slot)
    const resumesBlocks = this.#startedSlots.has(slot)
    this.#startedSlots.add(slot)
    const network = this.#network
    const start: ToStratum = { type: 'start', slot, network, extranonce1Prefix, resumesBlocks }
    if (worker.isConnected()) worker.send(start)
  }

  #greet(worker: Worker): void {
    this.#greeted.add(worker)
    this.#modules.greet((message) => worker.isConnected() && worker.send(message))
  }
}
