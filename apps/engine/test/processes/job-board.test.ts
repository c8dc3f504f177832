import { planFor } from '@headframe/core/job/coinbase-plan'
import type { Job } from '@headframe/core/job/job'
import { describe, expect, test } from 'vitest'
import { JobFactory } from '../../src/jobs/job-factory.js'
import { JobBoard, REPOST_AFTER_MS } from '../../src/processes/job-board.js'
import type { ToStratum } from '../../src/processes/messages.js'
import { templateOn } from '../job-on.js'
import { silent } from '../journal/journal-fixture.js'

const START_MS = 1_700_000_000_000
const MAX_AGE_MS = 600_000

interface Desk {
  readonly board: JobBoard
  nowMs: number
  readonly sent: ToStratum[]
  /** Jobs with when they were posted, as the archive was told. */
  readonly kept: { readonly job: Job; readonly postedAtMs: number }[]
}

function setUp(): Desk {
  const sent: ToStratum[] = []
  const kept: { job: Job; postedAtMs: number }[] = []
  const board = new JobBoard(
    { maxAgeMs: MAX_AGE_MS },
    {
      factory: new JobFactory({ plan: planFor(new Uint8Array(22)), poolTag: '', firstJobNumber: 1 }),
      archive: { keep: (job, postedAtMs) => kept.push({ job, postedAtMs }) },
      transactions: { latest: undefined, keep: () => undefined },
      log: silent,
      nowMs: () => desk.nowMs,
      broadcast: (message) => sent.push(message),
    },
  )
  const desk: Desk = { board, nowMs: START_MS, sent, kept }
  return desk
}

const jobsOf = (messages: readonly ToStratum[]): Job[] =>
  messages.flatMap((message) => (message.type === 'job' ? [message.job] : []))

describe('the job board', () => {
  test('posts the same work again under a fresh id when nothing new came for a while', () => {
    const desk = setUp()
    const { board, sent, kept } = desk
    board.post(templateOn(1), true)
    desk.nowMs += REPOST_AFTER_MS - 1
    board.repostIfQuiet()
    expect(sent).toHaveLength(1)
    desk.nowMs += 1
    board.repostIfQuiet()
    board.repostIfQuiet()
    const [first, again, ...others] = jobsOf(sent)
    expect(others).toEqual([])
    expect([first!.jobId, again!.jobId]).toEqual(['00000001', '00000002'])
    expect([first!.cleanJobs, again!.cleanJobs]).toEqual([true, false])
    expect(again).toMatchObject({ prevHash: first!.prevHash, createdAtMs: START_MS, ntime: first!.ntime })
    expect(kept).toEqual([
      { job: first, postedAtMs: START_MS },
      { job: again, postedAtMs: START_MS + REPOST_AFTER_MS },
    ])
  })

  test('leaves no half minute without a notify when it is asked once a second, until the work is too old', () => {
    const desk = setUp()
    const { board, sent, kept } = desk
    board.post(templateOn(1), true)
    for (let seconds = 0; sent.at(-1)!.type !== 'retire'; seconds++) {
      expect(desk.nowMs - kept.at(-1)!.postedAtMs).toBeLessThan(30_000)
      expect(board.jobAgeMs).toBe(1_000 * seconds)
      desk.nowMs += 1_000
      board.retireIfOld()
      board.repostIfQuiet()
    }
    expect(desk.nowMs).toBe(START_MS + MAX_AGE_MS)
    desk.nowMs += REPOST_AFTER_MS
    board.repostIfQuiet()
    expect(sent.at(-1)).toEqual({ type: 'retire' })
    expect(new Set(jobsOf(sent).map(({ jobId }) => jobId)).size).toBe(sent.length - 1)
  })

  test('fresh work starts the wait anew, and a clock that was set back does not stretch it', () => {
    const desk = setUp()
    const { board, sent } = desk
    board.post(templateOn(1), true)
    desk.nowMs += REPOST_AFTER_MS - 1
    board.post(templateOn(1), false)
    desk.nowMs += REPOST_AFTER_MS - 1
    board.repostIfQuiet()
    expect(sent).toHaveLength(2)
    desk.nowMs -= 3_600_000
    board.repostIfQuiet()
    expect(sent).toHaveLength(3)
  })

  test('greets with the job there is, after it was withdrawn with none, and begins clean afterwards', () => {
    const desk = setUp()
    const { board } = desk
    const greeting = (): ToStratum[] => {
      const messages: ToStratum[] = []
      board.greet((message) => messages.push(message))
      return messages
    }
    board.post(templateOn(1), true)
    board.post(templateOn(1), false)
    expect(jobsOf(greeting()).map(({ jobId }) => jobId)).toEqual(['00000002'])
    desk.nowMs += MAX_AGE_MS
    board.retireIfOld()
    expect(greeting()).toEqual([])
    board.post(templateOn(1), false)
    expect(jobsOf(greeting()).map(({ cleanJobs }) => cleanJobs)).toEqual([true])
  })
})
