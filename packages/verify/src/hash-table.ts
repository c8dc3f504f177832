const WORDS = 4
const FIRST_CAPACITY = 64

/**
 * A set of hashes that grows. It keeps 16 bytes of each, the ones that proof of work leaves random: two of different
 * headers are never the same.
 */
export class HashTable {
  #slots = new Uint32Array(FIRST_CAPACITY * WORDS)
  #capacity = FIRST_CAPACITY
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds the hash of 32 bytes, internal order; false when it was there. */
  add(hash: Uint8Array): boolean {
    const a = wordAt(hash, 0)
    const b = wordAt(hash, 4)
    const c = wordAt(hash, 8)
    // All zeros stand for an empty slot.
    const d = wordAt(hash, 12) || 1
    if (!insert(this.#slots, this.#capacity, a, b, c, d)) return false
    this.#size++
    if (2 * this.#size > this.#capacity) this.#grow()
    return true
  }

  #grow(): void {
    const old = this.#slots
    this.#capacity *= 2
    this.#slots = new Uint32Array(this.#capacity * WORDS)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 3] !== 0) {
        insert(this.#slots, this.#capacity, old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!)
      }
    }
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

/** False when it was there. `capacity` is a power of two, and a slot is free. */
function insert(slots: Uint32Array, capacity: number, a: number, b: number, c: number, d: number): boolean {
  let at = (a & (capacity - 1)) * WORDS
  while (slots[at + 3] !== 0) {
    if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return false
    at = (at + WORDS) % slots.length
  }
  slots[at] = a
  slots[at + 1] = b
  slots[at + 2] = c
  slots[at + 3] = d
  return true
}
