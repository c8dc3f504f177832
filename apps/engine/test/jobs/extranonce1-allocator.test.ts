import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Extranonce1Allocator, MAX_EXTRANONCE1 } from '../../src/jobs/extranonce1-allocator.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('extranonce1', () => {
  test('is never held twice, whatever is taken and released', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (takes) => {
        const allocator = new Extranonce1Allocator(3, 7)
        const held: Uint8Array[] = []
        for (const isTake of takes) {
          if (isTake) held.push(allocator.take()!)
          else if (held.length > 0) allocator.release(held.shift()!)
          expect(new Set(held.map(hex)).size).toBe(held.length)
        }
      }),
    )
  })

  test('a freed value comes back after all others', () => {
    const allocator = new Extranonce1Allocator(0, 1)
    const first = allocator.take()!
    allocator.release(first)
    const next = new Set<string>()
    for (let count = 1; count < MAX_EXTRANONCE1; count++) next.add(hex(allocator.take()!))
    expect(next.has(hex(first))).toBe(false)
    expect(hex(allocator.take()!)).toBe(hex(first))
    expect(allocator.take()).toBeUndefined()
  })

  test('processes, and starts of one process, cannot meet', () => {
    const values = new Set<string>()
    for (const [slot, incarnation] of [
      [0, 1],
      [0, 2],
      [1, 1],
      [255, 1],
    ] as const) {
      const allocator = new Extranonce1Allocator(slot, incarnation)
      for (let count = 0; count < 100; count++) values.add(hex(allocator.take()!))
    }
    expect(values.size).toBe(400)
    expect(() => new Extranonce1Allocator(256, 1)).toThrow('does not fit')
  })
})
