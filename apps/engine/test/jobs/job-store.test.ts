import { describe, expect, test } from 'vitest'
import { JobStore, MAX_JOBS } from '../../src/jobs/job-store.js'
import { jobOn } from '../job-on.js'

describe('the job store', () => {
  test('a newer job on the same tip makes the older one past, on another tip stale', () => {
    const store = new JobStore()
    const [first, second, third] = [jobOn(1), jobOn(1), jobOn(2)]
    store.add(first)
    expect(store.stateOf(first)).toBe('active')
    store.add(second)
    expect([first, second].map((job) => store.stateOf(job))).toEqual(['past', 'active'])
    store.add(third)
    expect([first, second, third].map((job) => store.stateOf(job))).toEqual(['stale', 'stale', 'active'])
    expect(store.active).toBe(third)
  })

  test('stale jobs do not come back with their tip', () => {
    const store = new JobStore()
    const [before, between, after] = [jobOn(1), jobOn(2), jobOn(1)]
    for (const job of [before, between, after]) store.add(job)
    expect([before, between, after].map((job) => store.stateOf(job))).toEqual(['stale', 'stale', 'active'])
  })

  test('forgets the oldest beyond its bound', () => {
    const store = new JobStore()
    const jobs = Array.from({ length: MAX_JOBS + 1 }, () => jobOn(1))
    for (const job of jobs) store.add(job)
    expect(store.stateOf(jobs[0]!)).toBeUndefined()
    expect(store.stateOf(jobs[1]!)).toBe('past')
  })

  test('retired, it hands out nothing, and still knows its jobs', () => {
    const store = new JobStore()
    const job = jobOn(1)
    store.add(job)
    store.retire()
    expect(store.active).toBeUndefined()
    expect(store.stateOf(job)).toBe('stale')
    const next = jobOn(1)
    store.add(next)
    expect(store.stateOf(next)).toBe('active')
  })
})
