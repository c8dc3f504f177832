import * as files from 'node:fs/promises'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { expect, test } from 'vitest'
import { JobStore } from '../../src/jobs/job-store.js'
import { rebuildSeenShares } from '../../src/share/rebuild-seen-shares.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { assign, EASY, findNonce, submissionOf } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { committed, directoryOf, openWriter, temporaryDirectory } from '../journal/journal-fixture.js'
import { until } from '../until.js'
import { diskError, tracedFiles } from '../journal/traced-files.js'

const WORKER = { address: 'bcrt1qexample', workerName: 'rig', mode: 'pplns' } as const
const NOW_MS = 1_700_000_010_000

test('a share that a failed disk has lost may be sent again, and one that it holds may not', async () => {
  const dataDir = await temporaryDirectory()
  let isBroken = false
  const failing = tracedFiles({
    before: (step) => {
      if (isBroken && step === 'datasync') throw diskError('EIO')
    },
  })
  const writer = await openWriter(dataDir, { files: failing, nowMs: () => NOW_MS })
  const jobs = new JobStore()
  const seenShares = new SeenShares()
  writer.beforeReady(async () => {
    seenShares.clear()
    await rebuildSeenShares(
      seenShares,
      { jobs: jobs.creditable(0) },
      { directory: directoryOf(dataDir), files },
    )
  })
  const desk = new SubmitShare(
    { validator: new ShareValidator(), jobs, seenShares, sendBlock: () => undefined, journal: writer },
    { graceMs: 5_000, isCredited: true },
  )
  const assigned = assign(jobOn(1), EASY)
  jobs.add(assigned.job, NOW_MS)
  const submit = (nonce: number) => desk.submit(WORKER, assigned, submissionOf(assigned.job, nonce), NOW_MS)

  const held = findNonce(assigned, EASY)
  const lost = findNonce(assigned, EASY, held + 1)
  expect(submit(held)).toBeUndefined()
  await committed(writer)
  isBroken = true
  expect(submit(lost)).toBeUndefined()
  await until(() => writer.state === 'failed')
  // Until it is known which is which, nobody is told that his share was taken before.
  expect([submit(held), submit(lost)]).toEqual(['pool-busy', 'pool-busy'])
  isBroken = false
  await until(() => writer.state === 'ready')

  expect(submit(held)).toBe('duplicate-share')
  expect(submit(lost)).toBeUndefined()
  await committed(writer)
  expect(submit(lost)).toBe('duplicate-share')
})
