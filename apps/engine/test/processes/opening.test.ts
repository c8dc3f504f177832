import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Opening } from '../../src/processes/opening.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(count: number): { readonly opening: Opening<string>; readonly let: string[] } {
  const letIn: string[] = []
  return { opening: new Opening(count, (name: string) => letIn.push(name)), let: letIn }
}

test('all are let in when the last has come, and whoever comes later at once', () => {
  const { opening, let: letIn } = open(3)
  opening.arrive('a')
  opening.arrive('b')
  expect(letIn).toEqual([])
  opening.arrive('c')
  expect(letIn).toEqual(['a', 'b', 'c'])
  opening.arrive('b again')
  expect(letIn).toEqual(['a', 'b', 'c', 'b again'])
})

test('nobody waits for ever for one that does not come', () => {
  const { opening, let: letIn } = open(2)
  opening.arrive('a')
  vi.advanceTimersByTime(4_999)
  expect(letIn).toEqual([])
  vi.advanceTimersByTime(1)
  expect(letIn).toEqual(['a'])
  opening.arrive('b')
  expect(letIn).toEqual(['a', 'b'])
})

test('nobody is let in after the end', () => {
  const { opening, let: letIn } = open(2)
  opening.arrive('a')
  opening.close()
  vi.runAllTimers()
  expect(letIn).toEqual([])
})
