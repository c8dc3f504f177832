import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { MAX_TIPS, SeenShares, type SeenVerdict } from '../../src/share/seen-shares.js'

const hashOf = (seed: string | number): Uint8Array => createHash('sha256').update(String(seed)).digest()
/** Looks, and remembers what is new. */
function see(seen: SeenShares, prevHash: Uint8Array, hash: Uint8Array): SeenVerdict {
  const verdict = seen.look(prevHash, hash)
  if (verdict === 'new') seen.add(prevHash, hash)
  return verdict
}

const tip = (number: number): Uint8Array => hashOf(`tip ${number}`)

describe('seen shares', () => {
  test('agree with a set of hashes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 600 }), (seeds) => {
        const seen = new SeenShares()
        const model = new Set<number>()
        for (const seed of seeds) {
          expect(see(seen, tip(0), hashOf(seed))).toBe(model.has(seed) ? 'duplicate' : 'new')
          model.add(seed)
        }
      }),
    )
  })

  test('hold more than their first size', () => {
    const seen = new SeenShares()
    const seeds = Array.from({ length: 20_000 }, (_, seed) => seed)
    const verdicts = (): Set<SeenVerdict> => new Set(seeds.map((seed) => see(seen, tip(0), hashOf(seed))))
    expect(verdicts()).toEqual(new Set(['new']))
    expect(verdicts()).toEqual(new Set(['duplicate']))
  })

  test('know every one of them at any moment while their table grows', () => {
    const seen = new SeenShares()
    const hashes = Array.from({ length: 9_000 }, (_, seed) => hashOf(seed))
    hashes.forEach((hash, count) => {
      expect(see(seen, tip(0), hash)).toBe('new')
      // One of before, another each time.
      expect(seen.look(tip(0), hashes[(count * 7919) % (count + 1)]!)).toBe('duplicate')
      if (count % 1_000 !== 999) return
      const known = hashes.slice(0, count + 1).filter((each) => seen.look(tip(0), each) === 'duplicate')
      expect(known).toHaveLength(count + 1)
    })
  })

  test('are kept by tip, and forgotten with the oldest tip', () => {
    const seen = new SeenShares()
    for (let number = 0; number < MAX_TIPS; number++) expect(see(seen, tip(number), hashOf(1))).toBe('new')
    expect(see(seen, tip(0), hashOf(1))).toBe('duplicate')
    expect(see(seen, tip(MAX_TIPS), hashOf(1))).toBe('new')
    expect(see(seen, tip(1), hashOf(1))).toBe('duplicate')
  })

  test('a look at an unknown tip takes the place of none', () => {
    const seen = new SeenShares()
    for (let number = 0; number < MAX_TIPS; number++) see(seen, tip(number), hashOf(1))
    expect(seen.look(tip(MAX_TIPS), hashOf(1))).toBe('new')
    expect(seen.look(tip(0), hashOf(1))).toBe('duplicate')
  })

  test('say when they are full, and still know what they hold', () => {
    const seen = new SeenShares(2)
    expect([1, 2, 3, 2].map((seed) => see(seen, tip(0), hashOf(seed)))).toEqual([
      'new',
      'new',
      'full',
      'duplicate',
    ])
  })
})
