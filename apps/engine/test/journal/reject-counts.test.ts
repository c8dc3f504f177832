import { expect, it } from 'vitest'
import { MAX_REJECT_COUNTS, RejectCounts } from '../../src/journal/reject-counts.js'
import { WORKER } from './journal-share.js'

const worker = (number: number): typeof WORKER => ({ ...WORKER, workerName: `rig ${number}` })

it('keeps no more counts than its bound, goes on counting those it has, and tells what it lost', () => {
  const counts = new RejectCounts()
  const first = worker(0)
  counts.add(first, 'stale-share', 60_000)
  for (let i = 1; i < MAX_REJECT_COUNTS; i++) counts.add(worker(i), 'stale-share', 70_000)
  expect(counts.isFull).toBe(true)
  counts.add(worker(-1), 'stale-share', 80_000)
  counts.add(first, 'malformed', 80_000)
  counts.add(first, 'stale-share', 80_000)
  expect(counts.size).toBe(MAX_REJECT_COUNTS)
  expect(counts.sinceMs).toBe(60_000)
  expect([counts.takeLost(), counts.takeLost()]).toEqual([2, 0])

  const taken = counts.drain(() => true)
  expect(taken).toHaveLength(MAX_REJECT_COUNTS)
  expect(taken[0]).toEqual({ worker: first, minuteMs: 60_000, reason: 'stale-share', count: 2 })
  expect(counts.size).toBe(0)
})

it('gives out as many as there is room for, and takes back what could not be written', () => {
  const counts = new RejectCounts()
  for (let i = 0; i < 5; i++) counts.add(worker(i), 'stale-share', 0)
  let room = 3
  const taken = counts.drain(() => room-- > 0)
  expect(taken).toHaveLength(3)
  expect(counts.size).toBe(2)
  counts.add(taken[0]!.worker, 'stale-share', 100)
  counts.restore(taken, 200)
  expect(counts.size).toBe(5)
  const all = counts.drain(() => true)
  expect(all.map(({ count }) => count).sort()).toEqual([1, 1, 1, 1, 2])
})
