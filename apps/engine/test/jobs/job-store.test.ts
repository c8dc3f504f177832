import { describe, expect, test } from 'vitest'
import { JobStore, MAX_JOBS } from '../../src/jobs/job-store.js'
import { RESUME_WINDOW_MS } from '../../src/jobs/resume-window.js'
import { jobOn } from '../job-on.js'

const START_MS = 1_700_000_000_000

describe('the job store', () => {
  test('a newer job on the same tip makes the older one past, on another tip stale', () => {
    const store = new JobStore()
    const [first, second, third] = [jobOn(1), jobOn(1), jobOn(2)]
    store.add(first, START_MS)
    expect(store.stateOf(first)).toBe('active')
    store.add(second, START_MS)
    expect([first, second].map((job) => store.stateOf(job))).toEqual(['past', 'active'])
    store.add(third, START_MS)
    expect([first, second, third].map((job) => store.stateOf(job))).toEqual(['stale', 'stale', 'active'])
  })

  test('knows since when a job is stale: since its tip was replaced, not since it was', () => {
    const store = new JobStore()
    const [first, second, third, fourth] = [jobOn(1), jobOn(1), jobOn(2), jobOn(3)]
    store.add(first, START_MS)
    store.add(second, START_MS + 1)
    expect(store.staleSinceMs(first)).toBeUndefined()
    store.add(third, START_MS + 2)
    store.add(fourth, START_MS + 3)
    const since = [first, second, third, fourth].map((job) => store.staleSinceMs(job))
    expect(since).toEqual([START_MS + 2, START_MS + 2, START_MS + 3, undefined])
    expect(store.creditable(START_MS + 4)).toEqual([fourth])
    expect(store.creditable(START_MS + 3)).toEqual([third, fourth])
    expect(store.creditable(START_MS + 2)).toEqual([first, second, third, fourth])
  })

  test('stale jobs do not come back with their tip', () => {
    const store = new JobStore()
    const [before, between, after] = [jobOn(1), jobOn(2), jobOn(1)]
    for (const job of [before, between, after]) store.add(job, START_MS)
    expect([before, between, after].map((job) => store.stateOf(job))).toEqual(['stale', 'stale', 'active'])
  })

  test('finds a job by its number', () => {
    const store = new JobStore()
    const job = { ...jobOn(1), jobId: '7fffffff' }
    store.add(job, START_MS)
    expect(store.byNumber(0x7fffffff)).toBe(job)
    expect(store.byNumber(0x7ffffffe)).toBeUndefined()
  })

  test('forgets the oldest beyond its bound', () => {
    const store = new JobStore()
    const jobs = Array.from({ length: MAX_JOBS + 1 }, () => jobOn(1))
    for (const job of jobs) store.add(job, START_MS)
    expect(store.stateOf(jobs[0]!)).toBeUndefined()
    expect(store.byNumber(Number.parseInt(jobs[0]!.jobId, 16))).toBeUndefined()
    expect(store.stateOf(jobs[1]!)).toBe('past')
  })

  test('forgets what nobody may come back for, whatever there is of it', () => {
    const store = new JobStore()
    const [first, second, third] = [jobOn(1), jobOn(1), jobOn(1)]
    store.add(first, START_MS)
    store.add(second, START_MS + 1)
    store.add(third, START_MS + RESUME_WINDOW_MS)
    expect(store.stateOf(first)).toBe('past')
    store.add(jobOn(1), START_MS + RESUME_WINDOW_MS + 1)
    expect(store.stateOf(first)).toBeUndefined()
    expect(store.stateOf(second)).toBe('past')
  })

  test('retired, it has no job that is worth anything, and still knows all of them', () => {
    const store = new JobStore()
    const job = jobOn(1)
    store.add(job, START_MS)
    store.retire()
    expect(store.stateOf(job)).toBe('stale')
    expect(store.creditable(0)).toEqual([])
    const next = jobOn(1)
    store.add(next, START_MS)
    expect(store.stateOf(next)).toBe('active')
    expect(store.stateOf(job)).toBe('stale')
  })

  test('jobs of before its time are known and judged, and none of them is the active one', () => {
    const store = new JobStore()
    const [stale, past, current] = [jobOn(1), jobOn(2), jobOn(2)]
    store.addPast(stale, START_MS)
    store.addPast(past, START_MS + 1)
    expect([stale, past].map((job) => store.stateOf(job))).toEqual(['stale', 'past'])
    expect(store.staleSinceMs(stale)).toBe(START_MS + 1)
    store.add(current, START_MS + 2)
    expect([stale, past, current].map((job) => store.stateOf(job))).toEqual(['stale', 'past', 'active'])
    store.add(jobOn(3), START_MS + 3)
    expect(store.staleSinceMs(past)).toBe(START_MS + 3)
  })

  test('the job that is handed out may be among those of before', () => {
    const store = new JobStore()
    const job = jobOn(1)
    const again = { ...job }
    store.addPast(job, START_MS)
    store.add(again, START_MS + 1)
    expect(store.byNumber(Number.parseInt(job.jobId, 16))).toBe(again)
    expect(store.stateOf(again)).toBe('active')
    expect(store.creditable(START_MS)).toEqual([again])
  })
})
