import { bytesToHex } from '@headframe/core/bytes'
import type { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import type { RosterModules } from '../../src/stratum/roster.js'

type Allocator = RosterModules['extranonce1']

/** An allocator of extranonce1, and those it has given that were not given back. */
export class HeldExtranonce1 implements Allocator {
  readonly held = new Set<string>()
  readonly #allocator: Extranonce1Allocator

  constructor(allocator: Extranonce1Allocator) {
    this.#allocator = allocator
  }

  take(nowMs: number): Uint8Array | undefined {
    const taken = this.#allocator.take(nowMs)
    if (taken !== undefined) this.held.add(bytesToHex(taken))
    return taken
  }

  retake(extranonce1: Uint8Array): boolean {
    const isRetaken = this.#allocator.retake(extranonce1)
    if (isRetaken) this.held.add(bytesToHex(extranonce1))
    return isRetaken
  }

  release(extranonce1: Uint8Array, nowMs: number): void {
    this.held.delete(bytesToHex(extranonce1))
    this.#allocator.release(extranonce1, nowMs)
  }

  discard(extranonce1: Uint8Array, nowMs: number): void {
    this.held.delete(bytesToHex(extranonce1))
    this.#allocator.discard(extranonce1, nowMs)
  }
}
