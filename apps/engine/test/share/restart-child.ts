/**
 * A stratum process reduced to its spine: judges the shares of one resumed session, always the same ones in the same
 * order, until it is killed. Arguments: data folder, slot. Says on standard output, a JSON object a line, how many
 * shares were duplicates before the first new one, and with each group commit how many new ones are acknowledged.
 */
import { writeSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { pino } from 'pino'
import { JobStore } from '../../src/jobs/job-store.js'
import { readPastJobs } from '../../src/jobs/read-past-jobs.js'
import { JournalDirectory } from '../../src/journal/journal-directory.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import { rebuildSeenShares } from '../../src/share/rebuild-seen-shares.js'
import { SeenShares } from '../../src/share/seen-shares.js'
import { SubmitShare } from '../../src/share/submit-share.js'
import { assign, EASY, findNonce, submissionOf } from '../find-share.js'

const WORKER = { address: 'bcrt1qminer', workerName: 'rig', mode: 'pplns' } as const
const SHARES_A_TURN = 20
const [dataDir, slot] = process.argv.slice(2) as [string, string]
const place = { dataDir, network: 'regtest', slot: Number(slot), sealAfterMs: 10 } as const

function tell(news: object): void {
  // A write to a pipe of less than 4 KiB is whole or not there (POSIX PIPE_BUF), also when the process is killed.
  writeSync(1, `${JSON.stringify(news)}\n`)
}

const log = pino({ level: 'silent' })
const jobs = new JobStore()
const seenShares = new SeenShares()
const writer = await SegmentWriter.open(place, { log, nowMs: Date.now })
for (const { job, postedAtMs } of await readPastJobs(place, Date.now())) jobs.addPast(job, postedAtMs)
const directory = new JournalDirectory(join(dataDir, 'journal'), nodeFiles)
await rebuildSeenShares(seenShares, { jobs: jobs.creditable(Date.now()) }, { directory, files: nodeFiles })
const spine = new SubmitShare(
  { validator: new ShareValidator(), jobs, seenShares, sendBlock: () => undefined, journal: writer },
  { graceMs: 0, isCredited: false },
)
writer.onCommit((acknowledged) => {
  tell({ acknowledged })
})

const [job] = jobs.creditable(Date.now())
const assigned = assign(job!, EASY)
let duplicates = 0
let isFirstNew = true
for (let nonce = 0; ;) {
  for (let i = 0; i < SHARES_A_TURN; i++) {
    nonce = findNonce(assigned, EASY, nonce)
    const reason = spine.submit(WORKER, assigned, submissionOf(job!, nonce), Date.now())
    if (reason === 'duplicate-share' && isFirstNew) duplicates++
    else if (reason === undefined && isFirstNew) {
      isFirstNew = false
      tell({ duplicates })
    } else if (reason !== undefined && reason !== 'pool-busy') throw new Error(`not expected: ${reason}`)
    if (reason !== 'pool-busy') nonce++
  }
  await sleep(1)
}
