import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverSegments, stretchesUpTo, WINDOW_LEVELS } from '../../src/window/window-levels.js'

const position = fc.bigInt({ min: 1n, max: 200_000n })

it('covers each segment once, in order, by stretches that are whole', () => {
  fc.assert(
    fc.property(position, position, position, (from, to, summed) => {
      let at = from
      for (const range of coverSegments(from, to, summed)) {
        const size = 32n ** BigInt(range.level)
        expect(range.from * size).toBe(at)
        if (range.level > 0) expect(range.to).toBeLessThanOrEqual(stretchesUpTo(range.level, summed))
        at = range.to * size
      }
      expect(at).toBe(to > from ? to : from)
    }),
  )
})

it('takes few of them, however long the window is', () => {
  fc.assert(
    fc.property(position, position, (from, to) => {
      const ranges = coverSegments(from, to, 1_000_000n)
      expect(ranges.length).toBeLessThanOrEqual(2 * WINDOW_LEVELS.length + 1)
      for (const { level, from: first, to: behind } of ranges) {
        if (level < WINDOW_LEVELS.length) expect(behind - first).toBeLessThan(63n)
      }
    }),
  )
})

it('takes what is not summed yet singly', () => {
  expect(coverSegments(1n, 100n, 63n)).toEqual([
    { level: 0, from: 1n, to: 32n },
    { level: 1, from: 1n, to: 2n },
    { level: 0, from: 64n, to: 100n },
  ])
})
