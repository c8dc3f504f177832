import { bytesToHex } from '@headframe/core/bytes'
import {
  blockHash,
  displayHash,
  HEADER_SIZE,
  parseHeader,
  type BlockHeader,
} from '@headframe/core/chain/header'
import { Subscriber } from 'zeromq'
import type { Log } from '../log.js'

export interface BlockSignsOptions {
  /** `zmqpubhashblock` and `zmqpubrawblock` of the node. */
  readonly hashblockUrl: string | undefined
  readonly rawblockUrl: string | undefined
}

export interface BlockSignsModules {
  /** The node has a new tip, display order. */
  readonly onHash: (hash: string) => void
  /** The same, with the header that the message itself holds. */
  readonly onHeader: (hash: string, header: BlockHeader) => void
  readonly log: Log
}

/** Unread messages that ZMQ keeps, of up to 4 MB each; what is dropped beyond it the poll finds. */
const RECEIVE_HIGH_WATER_MARK = 8

/**
 * What a node publishes of its tip over ZMQ. Lost, repeated and forged messages are possible: who listens checks what
 * he hears, and polls.
 */
export class BlockSigns {
  readonly #modules: BlockSignsModules
  readonly #subscriber: Subscriber | undefined
  readonly #reading: Promise<void> | undefined

  constructor({ hashblockUrl, rawblockUrl }: BlockSignsOptions, modules: BlockSignsModules) {
    this.#modules = modules
    const urls = new Set([hashblockUrl, rawblockUrl].filter((url) => url !== undefined))
    if (urls.size === 0) return
    const subscriber = new Subscriber({ receiveHighWaterMark: RECEIVE_HIGH_WATER_MARK })
    for (const url of urls) subscriber.connect(url)
    if (hashblockUrl !== undefined) subscriber.subscribe('hashblock')
    if (rawblockUrl !== undefined) subscriber.subscribe('rawblock')
    this.#subscriber = subscriber
    this.#reading = this.#read(subscriber)
  }

  async close(): Promise<void> {
    this.#subscriber?.close()
    await this.#reading
  }

  async #read(subscriber: Subscriber): Promise<void> {
    try {
      for await (const [topic, body] of subscriber) this.#hear(topic?.toString('latin1'), body)
    } catch (error) {
      if (!subscriber.closed) this.#modules.log.error({ err: error }, 'ZMQ stopped; polling goes on')
    }
  }

  /** A hash comes in display order, a block as it is serialised (Bitcoin Core `zmqpublishnotifier.cpp`). */
  #hear(topic: string | undefined, body: Uint8Array | undefined): void {
    if (topic === 'hashblock' && body?.length === 32) this.#modules.onHash(bytesToHex(body))
    if (topic !== 'rawblock' || body === undefined || body.length <= HEADER_SIZE) return
    // A copy: the views of a header would keep the whole block.
    const bytes = Uint8Array.from(body.subarray(0, HEADER_SIZE))
    this.#modules.onHeader(displayHash(blockHash(bytes)), parseHeader(bytes))
  }
}
