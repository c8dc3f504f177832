import {
  isBefore,
  placeOf,
  type LiveSession,
  type SessionLook,
  type SessionOrder,
} from '@headframe/core/live/session-question'
import { hexToBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { until } from '../until.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const ALL: SessionLook = { kind: 'look', id: 'x', search: '', order: 'newest', limit: 100 }

let pool: OpenPool
let job: Job
beforeEach(async () => {
  pool = await openPool()
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(() => pool.close())

const look = (of: Partial<SessionLook> = {}) => pool.server.answer({ ...ALL, ...of })
const namesOf = (sessions: readonly LiveSession[]) => sessions.map(({ workers }) => workers[0]?.workerName)

/** A miner at work, which sends as many shares and as many lines that earn nothing. */
async function mine(name: string, shares = 0, rejects = 0): Promise<LineClient> {
  const client = await LineClient.connect(pool.port)
  await client.call(1, 'mining.configure', [['version-rolling'], { 'version-rolling.mask': '1fffe000' }])
  const { result } = await client.call(2, 'mining.subscribe', [`${name}/1.0`])
  const extranonce1 = hexToBytes((result as [unknown, string])[1])
  await client.call(3, 'mining.authorize', [`${ADDRESS}.${name}`, 'x'])
  const [wireJobId] = (await client.push('mining.notify')) as [string]
  const assigned = assign(job, EASY, Uint8Array.of(0, ...extranonce1))
  const hex8 = (number: number): string => number.toString(16).padStart(8, '0')
  let nonce = -1
  for (let share = 0; share < shares; share++) {
    nonce = findNonce(assigned, EASY, nonce + 1)
    const params = [`${ADDRESS}.${name}`, wireJobId, '0000000000000000', hex8(job.ntime), hex8(nonce)]
    expect(await client.call(4, 'mining.submit', params)).toMatchObject({ result: true })
  }
  for (let reject = 0; reject < rejects; reject++)
    await client.call(5, 'mining.submit', [`${ADDRESS}.${name}`, 'nojob', '00', '00000000', '00000000'])
  pool.clock.nowMs += 1_000
  return client
}

describe('the sessions of a process', () => {
  test('are told with what each does', async () => {
    await mine('one', 2, 1)
    expect(look()).toMatchObject({ total: 1, matching: 1 })
    expect(look().sessions).toEqual([
      {
        connection: expect.stringMatching(/^test-/) as string,
        connectedAtMs: 1_700_000_000_000,
        remoteAddress: expect.stringContaining('127.0.0.1') as string,
        ...{ port: 0, tls: false, mode: 'pplns' },
        workers: [{ address: ADDRESS, workerName: 'one' }],
        workerCount: 1,
        ...{ userAgent: 'one/1.0', profile: 'default', difficulty: EASY, versionMask: 0x1fffe000 },
        ...{ shares: 2, rejects: 1, lastShareAtMs: 1_700_000_000_000 },
      },
    ])
  })

  test('are found by what stands in them, and those that are connecting are there too', async () => {
    await mine('one')
    await mine('two')
    await LineClient.connect(pool.port)
    await until(() => look().total === 3)
    expect(namesOf(look({ search: 'ONE/1' }).sessions)).toEqual(['one'])
    expect(look({ search: ADDRESS.slice(8, 20) })).toMatchObject({ total: 3, matching: 2 })
    expect(look({ search: '127.0.0' }).matching).toBe(3)
    expect(look({ address: ADDRESS }).matching).toBe(2)
    expect(look({ address: ADDRESS.slice(1) }).matching).toBe(0)
    expect(look({ port: 1 }).matching).toBe(0)
    expect(namesOf(look().sessions)).toContain(undefined)
  })

  test.each<[SessionOrder, string[]]>([
    ['newest', ['late', 'good', 'bad', 'quiet']],
    ['quiet', ['quiet', 'bad', 'good', 'late']],
    ['rejects', ['bad', 'late', 'good', 'quiet']],
  ])('come in the order %s, and page by page are the same', async (order, expected) => {
    await mine('quiet')
    await mine('bad', 0, 3)
    await mine('good', 2)
    await mine('late', 0, 1)
    const all = look({ order }).sessions
    // Of two with as many rejects the name of the connection decides.
    if (order === 'rejects') expect(namesOf(all).slice(0, 2)).toEqual(expected.slice(0, 2))
    else expect(namesOf(all)).toEqual(expected)
    const paged: LiveSession[] = []
    for (let page = look({ order, limit: 1 }); page.sessions.length > 0;) {
      paged.push(...page.sessions)
      expect(page.matching).toBe(4)
      page = look({ order, limit: 1, after: placeOf(paged.at(-1)!, order) })
    }
    expect(paged).toEqual(all)
    const places = all.map((session) => placeOf(session, order))
    expect(places.slice(1).every((place, at) => isBefore(places[at]!, place))).toBe(true)
  })

  test('one of which is cut is closed, and no other', async () => {
    const [one, two] = [await mine('one'), await mine('two')]
    const { connection } = look({ search: 'one/' }).sessions[0]!
    expect(pool.server.answer({ kind: 'cut', id: 'x', connection })).toMatchObject({ isCut: true })
    await one.closed
    expect(namesOf(look().sessions)).toEqual(['two'])
    expect(await two.call(9, 'mining.ping', [])).toMatchObject({ id: 9 })
    expect(pool.server.answer({ kind: 'cut', id: 'x', connection })).toMatchObject({ isCut: false })
  })
})
