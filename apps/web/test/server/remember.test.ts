import { expect, it } from 'vitest'
import { rememberEach } from '../../src/server/remember'

it('makes once of each object, and of what is none each time', () => {
  let count = 0
  const make = rememberEach((value) => ({ value, count: ++count }))
  const [one, other] = [{ a: 1 }, { a: 1 }]
  expect(make(one)).toBe(make(one))
  expect(make(other)).not.toBe(make(one))
  for (const value of ['text', 1, null, undefined]) expect(make(value)).not.toBe(make(value))
})

it('keeps nothing of what could not be made', () => {
  let isBroken = true
  const make = rememberEach(() => {
    if (isBroken) throw new Error('not now')
    return 'made'
  })
  const value = {}
  expect(() => make(value)).toThrow('not now')
  isBroken = false
  expect(make(value)).toBe('made')
})
