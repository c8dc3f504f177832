const FIRST_CAPACITY = 1 << 12
/**
 * Places of the smaller table that are moved with each addition. Two would do to be done before the next growth. A
 * table that is moved at once keeps every miner waiting: half a million shares for 30 ms (measured).
 */
const MOVES_AN_ADD = 4
const NO_TABLE = new Uint32Array(0)

/**
 * A set of header hashes: open addressing over 63 of the low bits of each, which no proof of work constrains, so two
 * shares meet by chance once in 2^63 / n. No object a hash, so nothing for the garbage collector to walk.
 */
export class HashSet {
  size = 0
  #low = new Uint32Array(FIRST_CAPACITY)
  #high = new Uint32Array(FIRST_CAPACITY)
  /** The table before the last growth; what stands below `#moved` is in the new one too. */
  #oldLow = NO_TABLE
  #oldHigh = NO_TABLE
  #moved = 0

  has(hash: Uint8Array): boolean {
    const low = readUint32(hash, 0)
    const high = oddUint32(hash, 4)
    if (this.#high[placeOf(this.#low, this.#high, low, high)] !== 0) return true
    if (this.#oldHigh.length === 0) return false
    return this.#oldHigh[placeOf(this.#oldLow, this.#oldHigh, low, high)] !== 0
  }

  /** A hash that is not in the set. */
  add(hash: Uint8Array): void {
    if (this.#oldHigh.length > 0) this.#moveSome()
    if (this.size * 2 >= this.#high.length) this.#grow()
    this.#put(readUint32(hash, 0), oddUint32(hash, 4))
    this.size++
  }

  #put(low: number, high: number): void {
    const place = placeOf(this.#low, this.#high, low, high)
    this.#low[place] = low
    this.#high[place] = high
  }

  #grow(): void {
    const capacity = 2 * this.#high.length
    this.#oldLow = this.#low
    this.#oldHigh = this.#high
    this.#moved = 0
    this.#low = new Uint32Array(capacity)
    this.#high = new Uint32Array(capacity)
  }

  #moveSome(): void {
    const end = Math.min(this.#moved + MOVES_AN_ADD, this.#oldHigh.length)
    for (; this.#moved < end; this.#moved++) {
      const high = this.#oldHigh[this.#moved]!
      if (high !== 0) this.#put(this.#oldLow[this.#moved]!, high)
    }
    if (this.#moved < this.#oldHigh.length) return
    this.#oldLow = NO_TABLE
    this.#oldHigh = NO_TABLE
  }
}

/** Where the pair stands, or the free place where it would: `high` is odd, so 0 means free. */
function placeOf(lows: Uint32Array, highs: Uint32Array, low: number, high: number): number {
  const mask = highs.length - 1
  let place = low & mask
  while (highs[place] !== 0 && (lows[place] !== low || highs[place] !== high)) place = (place + 1) & mask
  return place
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>>
    0
  )
}

const oddUint32 = (bytes: Uint8Array, offset: number): number => (readUint32(bytes, offset) | 1) >>> 0
