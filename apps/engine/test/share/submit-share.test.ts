import type { AssignedJob, RejectReason } from '@headframe/core/share/share'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { describe, expect, test } from 'vitest'
import { JobStore } from '../../src/jobs/job-store.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { assign, EASY, findNonce, submissionOf, UNREACHABLE } from '../find-share.js'
import { jobOn } from '../job-on.js'

const NOW_MS = 1_700_000_010_000
const WORKER = { address: 'bcrt1qexample', workerName: 'rig', mode: 'pplns' } as const

const NO_JOB = assign(jobOn(0), EASY)

interface Desk {
  readonly jobs: JobStore
  readonly desk: SubmitShare
  /** What was done, in order. */
  readonly events: string[]
  journalState: 'appended' | 'full' | 'unavailable'
}

function open(maxSharesPerTip?: number): Desk {
  const events: string[] = []
  const jobs = new JobStore()
  const opened: Desk = {
    jobs,
    events,
    journalState: 'appended',
    desk: new SubmitShare({
      validator: new ShareValidator(),
      jobs,
      seenShares: new SeenShares(maxSharesPerTip),
      sendBlock: (_found, isShare) => events.push(isShare ? 'block with share' : 'block alone'),
      journal: {
        appendedSeq: 0,
        committedSeq: 0,
        append: () => {
          events.push('append')
          return opened.journalState
        },
        countReject: (_worker, reason) => events.push(`count ${reason}`),
      },
    }),
  }
  return opened
}

function submit({ desk }: Desk, assigned: AssignedJob | undefined, nonce: number): RejectReason | undefined {
  return desk.submit(WORKER, assigned, submissionOf((assigned ?? NO_JOB).job, nonce), NOW_MS)
}

describe('the spine', () => {
  test('appends a share once', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: UNREACHABLE }), EASY)
    pool.jobs.add(assigned.job)
    const nonce = findNonce(assigned, EASY)
    expect(submit(pool, assigned, nonce)).toBeUndefined()
    expect(submit(pool, assigned, nonce)).toBe('duplicate-share')
    expect(pool.events).toEqual(['append', 'count duplicate-share'])
  })

  test('a share of a past job of the same tip is as good', () => {
    const pool = open()
    const assigned = assign(jobOn(1), EASY)
    pool.jobs.add(assigned.job)
    pool.jobs.add(jobOn(1))
    expect(submit(pool, assigned, findNonce(assigned, EASY))).toBeUndefined()
  })

  test('sends the block before it appends the share', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, findNonce(assigned, 2 * EASY))).toBeUndefined()
    expect(pool.events).toEqual(['block with share', 'append'])
  })

  test('sends a block whose hash is not worth a share', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), UNREACHABLE)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, findNonce(assigned, 2 * EASY))).toBe('difficulty-too-low')
    expect(pool.events).toEqual(['block alone', 'count difficulty-too-low'])
  })

  test('sends a late block, and credits nothing for it', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    pool.jobs.add(jobOn(2))
    expect(submit(pool, assigned, findNonce(assigned, 2 * EASY))).toBe('stale-share')
    expect(pool.events).toEqual(['block alone', 'count stale-share'])
  })

  test('sends a block even when the pool is too busy for its share', () => {
    const pool = open(0)
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, findNonce(assigned, 2 * EASY))).toBe('pool-busy')
    expect(pool.events).toEqual(['block alone', 'count pool-busy'])
  })

  test('a duplicate is no block again', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    const nonce = findNonce(assigned, 2 * EASY)
    submit(pool, assigned, nonce)
    expect(submit(pool, assigned, nonce)).toBe('duplicate-share')
    expect(pool.events.filter((event) => event.startsWith('block'))).toHaveLength(1)
  })

  test('a share the journal does not take is refused, and may be sent again', () => {
    const pool = open()
    const assigned = assign(jobOn(1), EASY)
    pool.jobs.add(assigned.job)
    pool.journalState = 'unavailable'
    const nonce = findNonce(assigned, EASY)
    expect(submit(pool, assigned, nonce)).toBe('pool-busy')
    pool.journalState = 'appended'
    expect(submit(pool, assigned, nonce)).toBeUndefined()
  })

  test('tells an unknown job from a share that is too easy', () => {
    const pool = open()
    const assigned = assign(jobOn(1), UNREACHABLE)
    expect(submit(pool, undefined, 0)).toBe('job-not-found')
    expect(submit(pool, assigned, 0)).toBe('job-not-found')
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, 0)).toBe('difficulty-too-low')
  })

  test('one nonce under two difficulties of a job is two different hashes', () => {
    const pool = open()
    const easy = assign(jobOn(1), EASY)
    const hard = { ...assign(easy.job, EASY), extranonce1: Uint8Array.of(1, 0, 0, 0, 0) }
    pool.jobs.add(easy.job)
    const validator = new ShareValidator()
    const hashes = [easy, hard].map((assigned) =>
      Buffer.from(
        validator.validate(assigned, assigned.extranonce1, submissionOf(easy.job, 7), NOW_MS / 1000).hash,
      ).toString('hex'),
    )
    expect(hashes[0]).not.toBe(hashes[1])
  })
})
