import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '@headframe/core/hash'
import { cutSegments } from '../src/cut-segments.js'
import { HashTable } from '../src/hash-table.js'
import { TipMemory } from '../src/tip-memory.js'

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const size of sizes) {
    yield await Promise.resolve(bytes.subarray(at, at + size))
    at += size
  }
  if (at < bytes.length) yield bytes.subarray(at)
}

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('cutting a stream', () => {
  it('gives the segments that it was joined from, however it comes', async () => {
    const size = fc.nat({ max: 50 })
    await fc.assert(
      fc.asyncProperty(fc.array(size), fc.array(size), async (sizes, pieces) => {
        const total = sizes.reduce((sum, one) => sum + one, 0)
        const bytes = Uint8Array.from({ length: total }, (_, at) => at)
        const cut: Uint8Array[] = []
        for await (const segment of cutSegments(inPieces(bytes, pieces), sizes)) cut.push(segment)
        expect(cut.map(({ length }) => length)).toEqual(sizes)
        expect(cut.flatMap((segment) => [...segment])).toEqual([...bytes])
      }),
    )
  })
})

describe('the table of hashes', () => {
  it('is a set', () => {
    const few = fc.nat({ max: 60 }).map((n) => sha256(Uint8Array.of(n)))
    fc.assert(
      fc.property(fc.array(fc.oneof(few, bytes32), { maxLength: 400 }), (hashes) => {
        const table = new HashTable()
        const seen = new Set<string>()
        for (const hash of hashes) {
          const name = Buffer.from(hash.subarray(0, 16)).toString('hex')
          expect(table.add(hash)).toBe(!seen.has(name))
          seen.add(name)
          expect(table.size).toBe(seen.size)
        }
      }),
    )
  })
})

describe('the memory of tips', () => {
  it('forgets the oldest beyond its bound, and knows that it has', () => {
    const tips = new TipMemory(3)
    const [a, b] = [sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2))]
    const first = tips.of(a, 1, 1)!
    expect(tips.add(first, sha256(Uint8Array.of(10)))).toBe(true)
    expect(tips.add(first, sha256(Uint8Array.of(10)))).toBe(false)
    const second = tips.of(b, 2, 1)!
    for (const n of [11, 12, 13]) expect(tips.add(second, sha256(Uint8Array.of(n)))).toBe(true)
    expect(tips.of(a, 1, 1)).toBeUndefined()
    expect(tips.of(b, 2, 1)).toBe(second)
    expect(tips.add(second, sha256(Uint8Array.of(13)))).toBe(false)
  })
})
