import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'
import type { AssignedJob, RejectReason, Submission } from '@headframe/core/share/share'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { describe, expect, test } from 'vitest'
import { JobStore } from '../../src/jobs/job-store.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { jobOn } from '../job-on.js'

const NOW_MS = 1_700_000_010_000
const WORKER = { address: 'bcrt1qexample', workerName: 'rig', mode: 'pplns' } as const
/** Every fourth hash or so is a share. */
const EASY = 1e-9
const UNREACHABLE = 1e9
/** Harder than any hash a test finds. */
const NO_BLOCK = 1e12

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

function assign(job: Job, assignedDifficulty: number): AssignedJob {
  return {
    job,
    extranonce1: new Uint8Array(EXTRANONCE1_SIZE),
    assignedDifficulty,
    shareTarget: targetToBytes(targetOfDifficulty(assignedDifficulty)),
    versionMask: 0,
  }
}

const submission = (nonce: number): Submission => ({
  wireJobId: 'x',
  extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
  ntime: 1_700_000_000,
  nonce,
  versionBits: undefined,
})

/** The first nonce, from `from` on, that meets both difficulties. */
function nonceOf(assigned: AssignedJob, from: number, shareDifficulty: number): number {
  const validator = new ShareValidator()
  const wanted = { ...assigned, shareTarget: targetToBytes(targetOfDifficulty(shareDifficulty)) }
  for (let nonce = from; ; nonce++) {
    const check = validator.validate(wanted, assigned.extranonce1, submission(nonce), NOW_MS / 1000)
    if (check.reason === undefined) return nonce
  }
}

function submit({ desk }: Desk, assigned: AssignedJob | undefined, nonce: number): RejectReason | undefined {
  return desk.submit(WORKER, assigned, submission(nonce), NOW_MS)
}

describe('the spine', () => {
  test('appends a share once', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: NO_BLOCK }), EASY)
    pool.jobs.add(assigned.job)
    const nonce = nonceOf(assigned, 0, EASY)
    expect(submit(pool, assigned, nonce)).toBeUndefined()
    expect(submit(pool, assigned, nonce)).toBe('duplicate-share')
    expect(pool.events).toEqual(['append', 'count duplicate-share'])
  })

  test('a share of a past job of the same tip is as good', () => {
    const pool = open()
    const assigned = assign(jobOn(1), EASY)
    pool.jobs.add(assigned.job)
    pool.jobs.add(jobOn(1))
    expect(submit(pool, assigned, nonceOf(assigned, 0, EASY))).toBeUndefined()
  })

  test('sends the block before it appends the share', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, nonceOf(assigned, 0, 2 * EASY))).toBeUndefined()
    expect(pool.events).toEqual(['block with share', 'append'])
  })

  test('sends a block whose hash is not worth a share', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), UNREACHABLE)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, nonceOf(assigned, 0, 2 * EASY))).toBe('difficulty-too-low')
    expect(pool.events).toEqual(['block alone', 'count difficulty-too-low'])
  })

  test('sends a late block, and credits nothing for it', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    pool.jobs.add(jobOn(2))
    expect(submit(pool, assigned, nonceOf(assigned, 0, 2 * EASY))).toBe('stale-share')
    expect(pool.events).toEqual(['block alone', 'count stale-share'])
  })

  test('sends a block even when the pool is too busy for its share', () => {
    const pool = open(0)
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    expect(submit(pool, assigned, nonceOf(assigned, 0, 2 * EASY))).toBe('pool-busy')
    expect(pool.events).toEqual(['block alone', 'count pool-busy'])
  })

  test('a duplicate is no block again', () => {
    const pool = open()
    const assigned = assign(jobOn(1, { networkDifficulty: EASY }), EASY)
    pool.jobs.add(assigned.job)
    const nonce = nonceOf(assigned, 0, 2 * EASY)
    submit(pool, assigned, nonce)
    expect(submit(pool, assigned, nonce)).toBe('duplicate-share')
    expect(pool.events.filter((event) => event.startsWith('block'))).toHaveLength(1)
  })

  test('a share the journal does not take is refused, and may be sent again', () => {
    const pool = open()
    const assigned = assign(jobOn(1), EASY)
    pool.jobs.add(assigned.job)
    pool.journalState = 'unavailable'
    const nonce = nonceOf(assigned, 0, EASY)
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
        validator.validate(assigned, assigned.extranonce1, submission(7), NOW_MS / 1000).hash,
      ).toString('hex'),
    )
    expect(hashes[0]).not.toBe(hashes[1])
  })
})
