/**
 * A stratum process reduced to its journal: appends without end and says on standard output what was committed, until
 * it is killed. Arguments: data folder, number of this run. A share's ntime is the run and its nonce the position.
 */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import { shareNumber, WORKER } from './journal-share.js'

const SHARES_A_TURN = 20
const [dataDir, run] = process.argv.slice(2) as [string, string]

const writer = await SegmentWriter.open(
  { dataDir, slot: 0, network: 'regtest', sealAfterMs: 10 },
  { log: pino({ level: 'silent' }), nowMs: Date.now },
)
// A write to a pipe of less than 4 KiB is whole or not there (POSIX PIPE_BUF), also when the process is killed.
writer.onCommit((committedSeq) => writeSync(1, `${committedSeq}\n`))

for (let nonce = 1; ;) {
  for (let i = 0; i < SHARES_A_TURN; i++) {
    const worker = { ...WORKER, workerName: `rig ${nonce % 50}` }
    if (writer.append(shareNumber(nonce, { worker, ntime: Number(run), atMs: Date.now() })) === 'appended')
      nonce++
  }
  await sleep(1)
}
