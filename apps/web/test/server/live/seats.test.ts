import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Seats } from '../../../src/server/live/seats'

it('has room for so many in all, and for so many of one caller, whoever comes and goes', () => {
  const step = fc.record({ caller: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const seats = new Seats(2, 4)
      const sitting: string[] = []
      for (const { caller, leaves } of steps) {
        const his = sitting.filter((other) => other === caller).length
        if (leaves) {
          if (his === 0) continue
          sitting.splice(sitting.indexOf(caller), 1)
          seats.give(caller)
        } else {
          const expected = his === 2 ? 'too-many-streams' : sitting.length === 4 ? 'streams-full' : undefined
          expect(seats.take(caller)).toBe(expected)
          if (expected === undefined) sitting.push(caller)
        }
        expect(seats.taken).toBe(sitting.length)
      }
    }),
  )
})
