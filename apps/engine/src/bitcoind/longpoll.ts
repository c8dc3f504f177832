import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'
import type { RpcClient } from './rpc-client.js'

export interface LongpollModules {
  /** A client of its own: a call that waits must keep no other one waiting. */
  readonly rpc: RpcClient
  readonly log: Log
  /** What to ask with; undefined while there is nothing to wait for. */
  readonly longpollId: () => string | undefined
  /** The node's whole answer; the next call leaves when this is done. */
  readonly onAnswer: (body: Buffer) => Promise<void>
}

/** A call that was not answered for so long is made again: its connection may be dead and nobody say so. */
export const LONGPOLL_MAX_WAIT_MS = 120_000
/** Between two calls, so that a node that answers at once is not asked without end. */
const MIN_PAUSE_MS = 500
const MAX_PAUSE_MS = 30_000

/**
 * Waits at a node for its next template (BIP 22 long polling): the node answers when its tip has changed, or when its
 * mempool has and a minute is over. The pause doubles while it fails.
 */
export class Longpoll {
  readonly #modules: LongpollModules
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #pauseMs = MIN_PAUSE_MS

  constructor(modules: LongpollModules) {
    this.#modules = modules
    this.#running = this.#run()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const id = this.#modules.longpollId()
      if (id !== undefined) await this.#wait(id)
      await sleep(this.#pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async #wait(longpollid: string): Promise<void> {
    const { rpc, log, onAnswer } = this.#modules
    const deadline = AbortSignal.timeout(LONGPOLL_MAX_WAIT_MS)
    const signal = AbortSignal.any([this.#closing.signal, deadline])
    try {
      await onAnswer(await rpc.callRaw('getblocktemplate', [{ rules: ['segwit'], longpollid }], signal))
      this.#pauseMs = MIN_PAUSE_MS
    } catch (error) {
      if (deadline.aborted) return
      this.#pauseMs = Math.min(this.#pauseMs * 2, MAX_PAUSE_MS)
      log.debug({ reason: (error as Error).message, pauseMs: this.#pauseMs }, 'the long poll has failed')
    }
  }
}
