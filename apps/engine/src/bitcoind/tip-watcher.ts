import { Subscriber } from 'zeromq'
import type { Log } from '../log.js'

export interface TipWatcherOptions {
  /** `zmqpubhashblock` of the node; without it the poll alone finds new tips. */
  readonly zmqHashblockUrl: string | undefined
  /** How often `check` is called when ZMQ is silent. */
  readonly pollMs: number
}

export interface TipWatcherModules {
  /** Called at once for each ZMQ `hashblock`, and every `pollMs` as a net. */
  readonly onSign: (source: 'zmq' | 'poll') => void
  readonly log: Log
}

/** Unread messages kept by ZMQ; more than one says the same thing: look at the node. */
const RECEIVE_HIGH_WATER_MARK = 16

/**
 * Signs that the node may have a new tip. It only says "look": the template source asks the node what is true,
 * so a lost, repeated or forged message costs one call and nothing more.
 */
export class TipWatcher {
  readonly #options: TipWatcherOptions
  readonly #modules: TipWatcherModules
  #subscriber: Subscriber | undefined
  #poll: NodeJS.Timeout | undefined
  #reading: Promise<void> | undefined

  constructor(options: TipWatcherOptions, modules: TipWatcherModules) {
    this.#options = options
    this.#modules = modules
  }

  start(): void {
    this.#poll = setInterval(() => this.#modules.onSign('poll'), this.#options.pollMs)
    if (this.#options.zmqHashblockUrl === undefined) return
    this.#subscriber = new Subscriber({ receiveHighWaterMark: RECEIVE_HIGH_WATER_MARK })
    this.#subscriber.connect(this.#options.zmqHashblockUrl)
    this.#subscriber.subscribe('hashblock')
    this.#reading = this.#read(this.#subscriber)
  }

  async close(): Promise<void> {
    clearInterval(this.#poll)
    this.#subscriber?.close()
    await this.#reading
  }

  async #read(subscriber: Subscriber): Promise<void> {
    try {
      for await (const _message of subscriber) this.#modules.onSign('zmq')
    } catch (error) {
      if (!subscriber.closed) this.#modules.log.error({ err: error }, 'ZMQ stopped; polling goes on')
    }
  }
}
