import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberRecords } from '../../src/guard/number-records.js'

const WIDTH = 3

test('law: records in use share no number, keep theirs, and are zeros at first', () => {
  const step = fc.record({ isTake: fc.boolean(), pick: fc.nat(), value: fc.integer({ min: 1 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const records = new NumberRecords(WIDTH)
      const used = new Map<number, number>()
      for (const { isTake, pick, value } of steps) {
        if (isTake || used.size === 0) {
          const at = records.take()
          expect(used.has(at)).toBe(false)
          expect(at % WIDTH).toBe(0)
          expect([...records.cells.subarray(at, at + WIDTH)]).toEqual([0, 0, 0])
          records.cells.fill(value, at, at + WIDTH)
          used.set(at, value)
        } else {
          const at = [...used.keys()][pick % used.size]!
          records.free(at)
          used.delete(at)
        }
      }
      for (const [at, value] of used)
        expect([...records.cells.subarray(at, at + WIDTH)]).toEqual([value, value, value])
    }),
  )
})
