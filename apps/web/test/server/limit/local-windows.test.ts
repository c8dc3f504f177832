import { expect, it } from 'vitest'
import { LocalWindows } from '../../../src/server/limit/local-windows'

it('counts each key for itself, anew in each window', () => {
  const windows = new LocalWindows()
  expect([
    windows.count('a', 1),
    windows.count('a', 1),
    windows.count('b', 1),
    windows.count('a', 2),
  ]).toEqual([1, 2, 1, 1])
})

it('counts those as one who are more than it has room for', () => {
  const windows = new LocalWindows(2)
  windows.count('a', 1)
  windows.count('b', 1)
  expect([windows.count('c', 1), windows.count('d', 1), windows.count('a', 1)]).toEqual([1, 2, 2])
})
