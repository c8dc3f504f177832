import { bytesToHex } from '@headframe/core/bytes'

/** Tips whose shares are remembered: the current one, and those a late share or a reorganisation may return to. */
export const MAX_TIPS = 4
/** Shares remembered on one tip, 16 bytes each; beyond it submissions are refused as `pool-busy`. */
export const MAX_SHARES_PER_TIP = 1 << 24
const FIRST_CAPACITY = 1 << 12

export type SeenVerdict = 'new' | 'duplicate' | 'full'

/**
 * Which header hashes were submitted before, by tip. A header hash tells a share whatever way it was written, and
 * whichever job or connection it came through.
 */
export class SeenShares {
  readonly #tips = new Map<string, HashSet>()
  readonly #maxSharesPerTip: number

  constructor(maxSharesPerTip = MAX_SHARES_PER_TIP) {
    this.#maxSharesPerTip = maxSharesPerTip
  }

  /** Whether `hash` (32 bytes, internal order) was remembered on the tip `prevHash`, and if not, whether it can be. */
  look(prevHash: Uint8Array, hash: Uint8Array): SeenVerdict {
    const tip = this.#tipOf(prevHash)
    if (tip.has(hash)) return 'duplicate'
    return tip.size < this.#maxSharesPerTip ? 'new' : 'full'
  }

  /** Remembers a hash that `look` has just called new. */
  add(prevHash: Uint8Array, hash: Uint8Array): void {
    this.#tipOf(prevHash).add(hash)
  }

  #tipOf(prevHash: Uint8Array): HashSet {
    const key = bytesToHex(prevHash)
    let tip = this.#tips.get(key)
    if (tip !== undefined) return tip
    tip = new HashSet()
    this.#tips.set(key, tip)
    if (this.#tips.size > MAX_TIPS) {
      const [oldest] = this.#tips.keys()
      this.#tips.delete(oldest!)
    }
    return tip
  }
}

/**
 * Open addressing over 63 of the low bits of each hash, which no proof of work constrains: two shares of one tip meet
 * by chance once in 2^63 / n. No object a share, so nothing for the garbage collector to walk.
 */
class HashSet {
  size = 0
  #mask = FIRST_CAPACITY - 1
  #low = new Uint32Array(FIRST_CAPACITY)
  #high = new Uint32Array(FIRST_CAPACITY)

  has(hash: Uint8Array): boolean {
    return this.#high[this.#find(readUint32(hash, 0), oddUint32(hash, 4))] !== 0
  }

  add(hash: Uint8Array): void {
    if (this.size * 2 > this.#mask) this.#grow()
    this.#put(readUint32(hash, 0), oddUint32(hash, 4))
    this.size++
  }

  #put(low: number, high: number): void {
    const index = this.#find(low, high)
    this.#low[index] = low
    this.#high[index] = high
  }

  /** Where the pair stands, or the free place where it would: `high` is odd, so 0 means free. */
  #find(low: number, high: number): number {
    let index = low & this.#mask
    while (this.#high[index] !== 0 && (this.#low[index] !== low || this.#high[index] !== high)) {
      index = (index + 1) & this.#mask
    }
    return index
  }

  #grow(): void {
    const low = this.#low
    const high = this.#high
    this.#mask = this.#mask * 2 + 1
    this.#low = new Uint32Array(this.#mask + 1)
    this.#high = new Uint32Array(this.#mask + 1)
    for (let index = 0; index < low.length; index++) {
      if (high[index] !== 0) this.#put(low[index]!, high[index]!)
    }
  }
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>>
    0
  )
}

const oddUint32 = (bytes: Uint8Array, offset: number): number => (readUint32(bytes, offset) | 1) >>> 0
