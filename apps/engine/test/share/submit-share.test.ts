import type { AssignedJob, RejectReason } from '@headframe/core/share/share'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { describe, expect, test } from 'vitest'
import { CREDITABLE_TIPS, JobStore } from '../../src/jobs/job-store.js'
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

const CREDITED = { graceMs: 5_000, isCredited: true }

function open(maxSharesPerTip?: number, late = CREDITED): Desk {
  const events: string[] = []
  const jobs = new JobStore()
  const opened: Desk = {
    jobs,
    events,
    journalState: 'appended',
    desk: new SubmitShare(
      {
        validator: new ShareValidator(),
        jobs,
        seenShares: new SeenShares(maxSharesPerTip),
        sendBlock: (_found, isShare) => events.push(isShare ? 'block with share' : 'block alone'),
        journal: {
          appendedSeq: 0,
          committedSeq: 0,
          takenSeq: 0,
          state: 'ready',
          append: () => {
            events.push('append')
            return opened.journalState
          },
          countReject: (_worker, reason) => events.push(`count ${reason}`),
        },
      },
      late,
    ),
  }
  return opened
}

function submit(
  { desk }: Desk,
  assigned: AssignedJob | undefined,
  nonce: number,
  atMs = NOW_MS,
): RejectReason | undefined {
  return desk.submit(WORKER, assigned, submissionOf((assigned ?? NO_JOB).job, nonce), atMs)
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

  describe('after a new tip', () => {
    function openAfterTip(late = CREDITED): [Desk, AssignedJob] {
      const pool = open(undefined, late)
      const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
      pool.jobs.add(assigned.job, NOW_MS - 60_000)
      pool.jobs.add(jobOn(2), NOW_MS)
      return [pool, assigned]
    }

    test('a late share is credited once, and its block sent', () => {
      const [pool, assigned] = openAfterTip()
      const nonce = findNonce(assigned, 2 * EASY)
      expect(submit(pool, assigned, nonce, NOW_MS + 5_000)).toBeUndefined()
      expect(submit(pool, assigned, nonce, NOW_MS + 5_000)).toBe('duplicate-share')
      expect(pool.events).toEqual(['block with share', 'append', 'count duplicate-share'])
      expect(pool.desk.lateSharesCredited).toBe(1)
    })

    test('a late share is told apart where it is not credited, and its block sent', () => {
      const [pool, assigned] = openAfterTip({ graceMs: 5_000, isCredited: false })
      const nonce = findNonce(assigned, 2 * EASY)
      expect(submit(pool, assigned, nonce, NOW_MS + 5_000)).toBe('late-share')
      expect(pool.events).toEqual(['block alone', 'count late-share'])
      expect(pool.desk.lateSharesCredited).toBe(0)
    })

    test.each([CREDITED, { graceMs: 5_000, isCredited: false }])(
      'a stale share earns nothing, and its block is sent (%j)',
      (late) => {
        const [pool, assigned] = openAfterTip(late)
        expect(submit(pool, assigned, findNonce(assigned, 2 * EASY), NOW_MS + 5_001)).toBe('stale-share')
        expect(pool.events).toEqual(['block alone', 'count stale-share'])
      },
    )

    test('a share is credited once, however many tips come while it could be late', () => {
      for (let tips = 1; tips <= 10; tips++) {
        const pool = open()
        const assigned = assign(jobOn(1), EASY)
        pool.jobs.add(assigned.job, NOW_MS)
        const nonce = findNonce(assigned, EASY)
        expect(submit(pool, assigned, nonce)).toBeUndefined()
        for (let tip = 2; tip < 2 + tips; tip++) {
          const next = assign(jobOn(tip), EASY)
          pool.jobs.add(next.job, NOW_MS)
          expect(submit(pool, next, findNonce(next, EASY))).toBeUndefined()
        }
        expect(submit(pool, assigned, nonce)).toBe(tips < CREDITABLE_TIPS ? 'duplicate-share' : 'stale-share')
      }
    })

    test('without a grace every share of the old tip is stale', () => {
      const [pool, assigned] = openAfterTip({ graceMs: 0, isCredited: true })
      expect(submit(pool, assigned, findNonce(assigned, 2 * EASY), NOW_MS + 1)).toBe('stale-share')
    })

    test('a late share that is too easy is no share', () => {
      const [pool] = openAfterTip()
      const hard = assign(jobOn(1), UNREACHABLE)
      pool.jobs.add(hard.job, NOW_MS)
      pool.jobs.add(jobOn(2), NOW_MS)
      expect(submit(pool, hard, 0)).toBe('difficulty-too-low')
    })
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
