import { CREDITABLE_TIPS } from '../jobs/job-store.js'
import { HashSet } from './hash-set.js'

/**
 * Tips whose shares are remembered, those that were credited on last. While a tip can be credited on, no more than
 * twice `CREDITABLE_TIPS` of them can: those before it that still could when it came, and those that came until it
 * could no more.
 */
export const MAX_TIPS = 2 * CREDITABLE_TIPS
/** Shares remembered on one tip, 16 bytes each; beyond it submissions are refused as `pool-busy`. */
const MAX_SHARES_PER_TIP = 1 << 24

export type SeenVerdict = 'new' | 'duplicate' | 'full'

interface Tip {
  readonly prevHash: Uint8Array
  readonly hashes: HashSet
}

/**
 * Which header hashes were submitted before, by tip. A header hash tells a share whatever way it was written, and
 * whichever job or connection it came through. Allocates nothing a share.
 */
export class SeenShares {
  /** Who was credited on last first: that is where nearly every share looks. */
  readonly #tips: Tip[] = []
  readonly #maxSharesPerTip: number

  constructor(maxSharesPerTip = MAX_SHARES_PER_TIP) {
    this.#maxSharesPerTip = maxSharesPerTip
  }

  /** Whether `hash` (32 bytes, internal order) was remembered on the tip `prevHash`, and if not, whether it can be. */
  look(prevHash: Uint8Array, hash: Uint8Array): SeenVerdict {
    const tip = this.#find(prevHash)
    if (tip?.hashes.has(hash) === true) return 'duplicate'
    return (tip?.hashes.size ?? 0) < this.#maxSharesPerTip ? 'new' : 'full'
  }

  /** Remembers a hash that `look` has just called new. */
  add(prevHash: Uint8Array, hash: Uint8Array): void {
    const tip = this.#find(prevHash) ?? this.#begin(prevHash)
    tip.hashes.add(hash)
    if (tip !== this.#tips[0]) this.#moveToFront(tip)
  }

  /** Knows of no share any more. */
  clear(): void {
    this.#tips.length = 0
  }

  /** Takes a tip for the one that is credited on now. */
  addTip(prevHash: Uint8Array): void {
    const tip = this.#find(prevHash)
    if (tip === undefined) this.#begin(prevHash)
    else this.#moveToFront(tip)
  }

  #find(prevHash: Uint8Array): Tip | undefined {
    for (const tip of this.#tips) if (isSame(tip.prevHash, prevHash)) return tip
    return undefined
  }

  #moveToFront(tip: Tip): void {
    this.#tips.splice(this.#tips.indexOf(tip), 1)
    this.#tips.unshift(tip)
  }

  #begin(prevHash: Uint8Array): Tip {
    const tip = { prevHash: prevHash.slice(), hashes: new HashSet() }
    this.#tips.unshift(tip)
    if (this.#tips.length > MAX_TIPS) this.#tips.pop()
    return tip
  }
}

/** Of two block hashes; two tips differ in their first bytes, as only the last of a block's hash are zeros. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (a[i] !== b[i]) return false
  return true
}
