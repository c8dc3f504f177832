/**
 * A stratum process reduced to its sessions: opens them without end, and says on standard output how many a kill may
 * not lose. Arguments: data folder, number of this run.
 */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../../src/sessions/extranonce1-file.js'
import { SessionRecords } from '../../src/sessions/session-records.js'

const PREFIX = 0x123
const SESSIONS_A_TURN = 100
const [dataDir, run] = process.argv.slice(2) as [string, string]
const log = pino({ level: 'silent' })

const store = new Extranonce1File(dataDir, PREFIX)
const extranonce1 = new Extranonce1Allocator({ prefix: PREFIX, nowMs: Date.now() }, { store, log })
const records = await SessionRecords.open({ dataDir, prefix: PREFIX }, { log, nowMs: Date.now })

for (;;) {
  const sessionIds: string[] = []
  for (let i = 0; i < SESSIONS_A_TURN; i++) {
    const taken = extranonce1.take(Date.now())!
    const sessionId = `${Buffer.from(taken).toString('hex')}${run.padStart(16, '0')}`
    const grants = [{ fromPosition: i, difficulty: i + 0.5, versionMask: 0, maxCoinbaseBytes: 750 }]
    records.remember({
      sessionId,
      extranonce1: taken,
      payout: '',
      portNumber: 1,
      firstPosition: i,
      lastPosition: i,
      grants,
    })
    if (i % 3 === 0) records.close(sessionId, Date.now())
    sessionIds.push(sessionId)
  }
  await records.flush()
  writeSync(1, `${sessionIds.join('\n')}\n`)
  // Few enough in all that none has to be forgotten.
  await sleep(1)
}
