import { extendWindow, problemOfNext, type ChainWindow } from '@headframe/core/chain/chain-window'
import { displayHash, parseDisplayHash, type BlockHeader } from '@headframe/core/chain/header'
import type { Network } from '@headframe/core/chain/network'
import type { Log } from '../log.js'
import { getHeader } from './get-header.js'
import { loadWindow } from './load-window.js'
import type { ClaimedPlace } from './node-watch.js'
import type { RpcClient } from './rpc-client.js'

const LOAD_TIMEOUT_MS = 10_000

/** The tip that miners work on, and what is known of the chain behind it. */
export class TipWindow {
  readonly #network: Network
  readonly #log: Log
  #window: ChainWindow | undefined

  constructor(network: Network, log: Log) {
    this.#network = network
    this.#log = log
  }

  /** Undefined while it is not known: nothing may be built on it then. */
  of(hash: string): ChainWindow | undefined {
    return this.#window !== undefined && displayHash(this.#window.hash) === hash ? this.#window : undefined
  }

  /** The place of a header in the chain when it is the block behind the tip, and a valid one as far as can be told. */
  place(hash: string, header: BlockHeader): ClaimedPlace | undefined {
    const next = this.#next(hash, header)
    return next && { hash, height: next.height, chainwork: next.chainwork }
  }

  /** Goes on to the block behind the tip; false when this is not it, and a node has to be asked (`load`). */
  advance(hash: string, header: BlockHeader | undefined): boolean {
    const next = header && this.#next(hash, header)
    if (next === undefined) return false
    this.#window = next
    return true
  }

  /** Asks a node for what is missing; whether the window of `hash` is known now. */
  async load(rpc: RpcClient, hash: string): Promise<boolean> {
    const signal = AbortSignal.timeout(LOAD_TIMEOUT_MS)
    try {
      if (this.#window !== undefined && this.advance(hash, (await getHeader(rpc, hash, signal)).header))
        return true
      const window = await loadWindow(rpc, this.#network, hash, signal)
      if (window !== undefined) this.#window = window
      return window !== undefined
    } catch (error) {
      this.#log.warn({ hash, reason: (error as Error).message }, 'the headers of the new tip are not known')
      return false
    }
  }

  #next(hash: string, header: BlockHeader): ChainWindow | undefined {
    if (this.#window === undefined) return undefined
    const bytes = parseDisplayHash(hash)
    if (problemOfNext(this.#window, header, bytes) !== null) return undefined
    return extendWindow(this.#window, header, bytes)
  }
}
