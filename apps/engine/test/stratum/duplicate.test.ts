import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ERROR_DUPLICATE_SHARE } from '@headframe/core/stratum/reject-code'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WireConnection } from '../fuzz/wire-connection.js'
import { answersOf } from '../fuzz/wire-record.js'
import { jobOn } from '../job-on.js'
import { diskError, tracedFiles } from '../journal/traced-files.js'
import { until } from '../until.js'
import { ADDRESS } from './client-behaviour.js'
import { mine } from './held-job.js'
import { openPool, type OpenPool } from './open-pool.js'

let dataDir: string
let pool: OpenPool
let isBroken: boolean

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'headframe-duplicate-'))
  isBroken = false
  const before = (step: string): void => {
    if (isBroken && step === 'datasync') throw diskError('EIO')
  }
  pool = await openPool('0 fixed=1e-9', { dataDir, disk: tracedFiles({ before }) })
  pool.sendJob(jobOn(1))
})
afterEach(async () => {
  isBroken = false
  await pool.close()
  await rm(dataDir, { recursive: true, force: true })
})

const line = (message: object): string => `${JSON.stringify(message)}\n`

async function miner(): Promise<WireConnection> {
  const connection = await WireConnection.connect(pool.port)
  const login = [
    { id: 'a', method: 'mining.subscribe', params: [] },
    { id: 'b', method: 'mining.authorize', params: [`${ADDRESS}.rig`] },
  ]
  connection.write(Buffer.from(login.map(line).join('')))
  await connection.until(() => connection.memory.job !== undefined)
  return connection
}

function shareOf({ memory }: WireConnection): readonly unknown[] {
  const job = memory.job!
  const extranonce2 = '00'.repeat(8)
  const nonce = mine(job, { extranonce2, versionBits: 0, from: 0 })
  return [`${ADDRESS}.rig`, job.jobId, extranonce2, job.ntime, nonce.toString(16).padStart(8, '0')]
}

const submit = (connection: WireConnection, params: readonly unknown[], ...ids: unknown[]): void =>
  connection.write(Buffer.from(ids.map((id) => line({ id, method: 'mining.submit', params })).join('')))

const codes = (connection: WireConnection): unknown[] =>
  answersOf(connection).flatMap(({ error }) => (error ? [error[0]] : []))

test('nobody is told of a duplicate before the share that it is one of is on the disk', async () => {
  const first = await miner()
  isBroken = true
  // The first wants no answer, so nothing holds up that of the second but the disk.
  submit(first, shareOf(first), undefined, 1)
  expect(await first.closed()).toBe(true)
  expect(codes(first)).toEqual([])
})

test('a duplicate waits for nothing when the disk is well again, although shares were lost', async () => {
  const first = await miner()
  const lost = await miner()
  const share = shareOf(first)
  submit(first, share, 1)
  await first.allAnswered()
  isBroken = true
  submit(lost, shareOf(lost), 1)
  expect(await lost.closed()).toBe(true)
  isBroken = false
  await until(() => pool.writer.state === 'ready')
  submit(first, share, 2)
  expect(await first.allAnswered()).toBe(true)
  expect(codes(first)).toEqual([ERROR_DUPLICATE_SHARE])
  first.end('half')
})
