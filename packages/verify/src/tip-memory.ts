import { bytesToHex } from '@headframe/core/bytes'
import { HashTable } from './hash-table.js'

/** Hashes that are remembered, of all tips: half a gibibyte of them at the most. */
export const MAX_HASHES = 1 << 24

/** What is known of the shares on one tip. */
export interface Tip {
  readonly height: number
  readonly nbits: number
  readonly seen: HashTable
  /** Job id, as the coinbase has it -> extranonce1 -> the difficulty that it was handed out with. */
  readonly difficulties: Map<number, Map<number, number>>
}

/**
 * The tips on which shares were found. Two shares of one header have the same tip, so duplicates are looked for within
 * each; a tip that was left long ago is forgotten, and shares that still come on it are told apart.
 */
export class TipMemory {
  readonly #maxHashes: number
  readonly #tips = new Map<string, Tip>()
  readonly #left = new Map<string, Pick<Tip, 'height'>>()
  #hashes = 0

  constructor(maxHashes = MAX_HASHES) {
    this.#maxHashes = maxHashes
  }

  /** The tip with this block on it, new or known; undefined when it was left long ago. */
  of(prevHash: Uint8Array, height: number, nbits: number): Tip | undefined {
    const name = bytesToHex(prevHash)
    if (this.#left.has(name)) return undefined
    let tip = this.#tips.get(name)
    if (tip === undefined) {
      tip = { height, nbits, seen: new HashTable(), difficulties: new Map() }
      this.#tips.set(name, tip)
    }
    return tip
  }

  /** Height of the blocks that were mined on a block, which may have been left since; undefined when nobody has. */
  heightOn(prevHash: Uint8Array): number | undefined {
    const name = bytesToHex(prevHash)
    return (this.#tips.get(name) ?? this.#left.get(name))?.height
  }

  /** Adds a share's hash; false when it was there. */
  add(tip: Tip, hash: Uint8Array): boolean {
    if (!tip.seen.add(hash)) return false
    this.#hashes++
    if (this.#hashes > this.#maxHashes) this.#forget(tip)
    return true
  }

  /** Lets go of the tip that came first; of all but the one at hand, if need be. */
  #forget(atHand: Tip): void {
    for (const [name, tip] of this.#tips) {
      if (tip === atHand) continue
      this.#tips.delete(name)
      this.#left.set(name, { height: tip.height })
      this.#hashes -= tip.seen.size
      if (this.#hashes <= this.#maxHashes) return
    }
  }
}
