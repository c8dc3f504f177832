import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hexToBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import { ALIASES_PER_JOB } from '@headframe/core/stratum/job-position'
import { freePort } from '@headframe/local/free-port'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const VARDIFF_PORT = '0 difficulty=1e-9'

let dataDir: string
let pool: OpenPool
let job: Job

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'headframe-resume-'))
  pool = await openPool(VARDIFF_PORT, { dataDir })
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(async () => {
  await pool.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Subscribed {
  readonly client: LineClient
  readonly sessionId: string
  readonly extranonce1: string
  readonly difficulty: number
  readonly wireJobId: string
}

async function login(sessionId?: string, password = 'x', port = pool.port): Promise<Subscribed> {
  const client = await LineClient.connect(port)
  const { result } = await client.call(1, 'mining.subscribe', [
    'cgminer/4.12.1',
    ...(sessionId === undefined ? [] : [sessionId]),
  ])
  const [subscriptions, extranonce1] = result as [[string, string][], string, number]
  client.send(2, 'mining.authorize', [`${ADDRESS}.rig`, password])
  const [difficulty] = (await client.push('mining.set_difficulty')) as [number]
  const [wireJobId] = (await client.push('mining.notify')) as [string]
  return { client, sessionId: subscriptions[0]![1], extranonce1, difficulty, wireJobId }
}

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

/** A share of the job under the id that the session was sent it by. */
function shareOf({ extranonce1, wireJobId }: Subscribed, of = job, from = 0): unknown[] {
  const alias = Number.parseInt(wireJobId.slice(8), 16)
  const nonce = findNonce(assign(of, EASY, Uint8Array.of(alias, ...hexToBytes(extranonce1))), EASY, from)
  return [`${ADDRESS}.rig`, wireJobId, '0000000000000000', hex8(of.ntime), hex8(nonce)]
}

async function leave({ client }: Subscribed): Promise<void> {
  client.socket.destroy()
  await client.closed
  while (pool.server.connectionCount > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** The pool ends and another takes its place. */
async function restart(): Promise<void> {
  await pool.close()
  pool = await openPool(VARDIFF_PORT, { dataDir, pastJobs: [job] })
  pool.sendJob(jobOn(1))
}

describe.each([
  ['to the same process', () => Promise.resolve()],
  ['to a restarted one', restart],
])('a miner that comes back with its session id, %s,', (_name, meanwhile) => {
  test('gets its extranonce1 and difficulty back, and a job id it has not had', async () => {
    const before = await login(undefined, 'd=0.125')
    await leave(before)
    await meanwhile()
    const after = await login(before.sessionId)
    expect(after.sessionId).toBe(before.sessionId)
    expect(after.extranonce1).toBe(before.extranonce1)
    expect(after.difficulty).toBe(0.125)
    expect(after.wireJobId).not.toBe(before.wireJobId)
  })

  test('has its outstanding shares judged at the difficulty they were searched at', async () => {
    const before = await login()
    const outstanding = shareOf(before)
    await leave(before)
    await meanwhile()
    const { client } = await login(before.sessionId, 'd=1000')
    expect((await client.call(3, 'mining.submit', outstanding)).result).toBe(true)
    expect((await client.call(4, 'mining.submit', outstanding)).error?.[0]).toBe(22)
  })
})

describe('a session id', () => {
  test('of a connection that still looks open closes it', async () => {
    const before = await login()
    const after = await login(before.sessionId)
    expect(after.extranonce1).toBe(before.extranonce1)
    await before.client.closed
  })

  test('of a connection that goes on and takes another extranonce1 leaves both at work', async () => {
    const before = await login()
    expect((await before.client.call('xnsub', 'mining.extranonce.subscribe', [])).result).toBe(true)
    const after = await login(before.sessionId)
    expect(after.extranonce1).toBe(before.extranonce1)
    const [extranonce1, size] = await before.client.push('mining.set_extranonce')
    expect(extranonce1).not.toBe(before.extranonce1)
    expect(size).toBe(8)
    const [wireJobId] = (await before.client.push('mining.notify')) as [string]
    const moved = { ...before, extranonce1: String(extranonce1), wireJobId }
    expect((await before.client.call(3, 'mining.submit', shareOf(moved))).result).toBe(true)
    expect((await after.client.call(3, 'mining.submit', shareOf(after))).result).toBe(true)
    // What it had found before was promised under the old one.
    expect((await before.client.call(4, 'mining.submit', shareOf(before))).result).toBe(true)
    expect((await after.client.call(4, 'mining.submit', shareOf(before))).error?.[0]).toBe(22)
  })

  test.each(['is there no more', 'goes on'])(
    'of another port begins a new session (the old one %s)',
    async (state) => {
      await pool.close()
      const [pplns, solo] = [await freePort(), await freePort()]
      pool = await openPool(`${pplns} mode=pplns fixed=1e-9; ${solo} mode=solo fixed=1e-9`, { dataDir })
      pool.sendJob(job)
      const before = await login(undefined, 'x', pplns)
      const found = shareOf(before)
      if (state !== 'goes on') await leave(before)
      const after = await login(before.sessionId, 'x', solo)
      expect(after.extranonce1).not.toBe(before.extranonce1)
      expect(after.sessionId).not.toBe(before.sessionId)
      const back = state === 'goes on' ? before : await login(before.sessionId, 'x', pplns)
      expect(back.extranonce1).toBe(before.extranonce1)
      expect((await back.client.call(4, 'mining.submit', found)).result).toBe(true)
    },
  )

  test('is forgotten no later because it was named on another port', async () => {
    await pool.close()
    const [pplns, solo] = [await freePort(), await freePort()]
    pool = await openPool(`${pplns} mode=pplns fixed=1e-9; ${solo} mode=solo fixed=1e-9`, { dataDir })
    pool.sendJob(job)
    const before = await login(undefined, 'x', pplns)
    await leave(before)
    pool.clock.nowMs += 9 * 60_000
    await leave(await login(before.sessionId, 'x', solo))
    pool.clock.nowMs += 2 * 60_000
    expect((await login(before.sessionId, 'x', pplns)).sessionId).not.toBe(before.sessionId)
  })

  test('that was promised nothing is no more open than its connection', async () => {
    const before = await login()
    const { client } = before
    await client.call('xnsub', 'mining.extranonce.subscribe', [])
    // Until the job can be sent no more under yet another id.
    for (let turn = 0; turn < ALIASES_PER_JOB; turn++)
      await client.call(turn, 'mining.suggest_difficulty', [1 + (turn % 2)])
    const thief = await LineClient.connect(pool.port)
    await thief.call(1, 'mining.subscribe', ['cgminer/4.12.1', before.sessionId])
    const { result } = await client.call(1, 'mining.subscribe', ['cgminer/4.12.1'])
    const [[[, sessionId]]] = result as [[[string, string]]]
    expect(sessionId).not.toBe(before.sessionId)
    thief.socket.destroy()
    await leave(before)
    const again = await LineClient.connect(pool.port)
    await again.call(1, 'mining.subscribe', ['cgminer/4.12.1', sessionId])
    again.socket.destroy()
    await leave({ ...before, client: again })
    expect(pool.records.openCount).toBe(0)
    expect(pool.extranonce1.held.size).toBe(0)
  })

  test('that is a guess begins a new session, and leaves the other alone', async () => {
    const before = await login()
    const guess = before.sessionId.slice(0, 8) + '0'.repeat(16)
    const other = await login(guess)
    expect(other.extranonce1).not.toBe(before.extranonce1)
    expect((await before.client.call(3, 'mining.submit', shareOf(before))).result).toBe(true)
  })

  test.each(['', 'x', '0'.repeat(24), 'ü'.repeat(24), 'f'.repeat(128)])(
    'that makes no sense (%j) begins a new session',
    async (sessionId) => {
      expect((await login(sessionId)).sessionId).toMatch(/^[0-9a-f]{24}$/)
    },
  )

  test('is forgotten after ten minutes, and its extranonce1 is not given to somebody else', async () => {
    const before = await login()
    await leave(before)
    pool.clock.nowMs += 10 * 60_000 + 1
    const after = await login(before.sessionId)
    expect(after.sessionId).not.toBe(before.sessionId)
    expect(after.extranonce1).not.toBe(before.extranonce1)
  })
})
