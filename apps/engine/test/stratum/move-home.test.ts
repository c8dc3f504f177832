import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hexToBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { until } from '../until.js'
import { LineClient, type WireMessage } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const CONFIGURE = [['version-rolling'], { 'version-rolling.mask': '1fffe000' }]
/** The processes of one pool listen on one port; here each has its own number, and the same name for the others. */
const PORTS = '0 fixed=1e-9'

let dataDir: string
let home: OpenPool
let other: OpenPool
let job: Job

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'headframe-home-'))
  home = await openPool(PORTS, { dataDir, slot: 0 })
  other = await openPool(PORTS, { dataDir, slot: 1 })
  job = jobOn(1)
  for (const pool of [home, other]) pool.sendJob(job)
})
afterEach(async () => {
  await home.close()
  await other.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Login {
  readonly client: LineClient
  readonly sessionId: string
  readonly extranonce1: string
  readonly wireJobId: string
  /** What the pool said until the first job, by id or method. */
  readonly said: readonly unknown[]
}

/** Logs in as cgminer does: everything in one packet, the version bits first. */
async function login({ port }: OpenPool, sessionId?: string): Promise<Login> {
  const client = await LineClient.connect(port)
  const requests = [
    { id: 0, method: 'mining.configure', params: CONFIGURE },
    {
      id: 1,
      method: 'mining.subscribe',
      params: ['cgminer/4.12.1', ...(sessionId === undefined ? [] : [sessionId])],
    },
    { id: 2, method: 'mining.authorize', params: [`${ADDRESS}.rig`, 'x'] },
  ]
  client.write(requests.map((request) => `${JSON.stringify(request)}\n`).join(''))
  const said: WireMessage[] = []
  do said.push(await client.next())
  while (said.at(-1)!.method !== 'mining.notify')
  const subscribed = said.find(({ id }) => id === 1)!.result as [[string, string][], string]
  return {
    client,
    sessionId: subscribed[0][0]![1],
    extranonce1: subscribed[1],
    wireJobId: String(said.at(-1)!.params![0]),
    said: said.map(({ id, method }) => method ?? id),
  }
}

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

function shareOf({ extranonce1, wireJobId }: Login, from = 0): string[] {
  const alias = Number.parseInt(wireJobId.slice(8), 16)
  const nonce = findNonce(assign(job, EASY, Uint8Array.of(alias, ...hexToBytes(extranonce1))), EASY, from)
  return [`${ADDRESS}.rig`, wireJobId, '0000000000000000', hex8(job.ntime), hex8(nonce)]
}

/** A session that lives at home and has lost its connection. */
async function loginAndLeave(): Promise<Login> {
  const first = await login(home)
  first.client.socket.destroy()
  await until(() => home.server.connectionCount === 0)
  return first
}

/** The miner has named its session at the other process, which looks for its home. */
async function comeBackOnItsWay({ sessionId }: Login): Promise<LineClient> {
  const client = await LineClient.connect(other.port)
  await until(() => other.server.connectionCount === 1)
  client.send(1, 'mining.subscribe', ['cgminer/4.12.1', sessionId])
  await until(() => other.server.connectionCount === 0)
  return client
}

test('a miner that comes back to another process goes on in its own, and hears every answer once', async () => {
  const first = await login(home)
  const accepted = shareOf(first)
  expect((await first.client.call(3, 'mining.submit', accepted)).result).toBe(true)
  first.client.socket.destroy()
  await until(() => home.server.connectionCount === 0)

  const second = await login(other, first.sessionId)
  expect(second.said).toEqual([0, 1, 2, 'mining.set_version_mask', 'mining.set_difficulty', 'mining.notify'])
  expect(second.extranonce1).toBe(first.extranonce1)
  expect(second.sessionId).toBe(first.sessionId)
  expect(second.wireJobId).not.toBe(first.wireJobId)
  expect([home.server.connectionCount, other.server.connectionCount]).toEqual([1, 0])

  // What was credited before is known here, and only here; what was not is judged as it was promised.
  expect((await second.client.call(4, 'mining.submit', accepted)).error?.[0]).toBe(22)
  const nonce = Number.parseInt(accepted[4]!, 16)
  expect((await second.client.call(5, 'mining.submit', shareOf(first, nonce + 1))).result).toBe(true)
  second.client.socket.destroy()
  await until(() => home.server.connectionCount === 0)
})

test('a miner whose process is not there is served as a new one where it is, and hears every answer once', async () => {
  const first = await loginAndLeave()
  await home.close()

  const second = await login(other, first.sessionId)
  expect(second.said).toEqual([0, 1, 2, 'mining.set_version_mask', 'mining.set_difficulty', 'mining.notify'])
  expect(second.extranonce1).not.toBe(first.extranonce1)
  expect((await second.client.call(3, 'mining.submit', shareOf(second))).result).toBe(true)
  home = await openPool(PORTS, { dataDir, slot: 0 })
})

test('a miner that is cut off on its way costs nothing but its connection', async () => {
  const first = await loginAndLeave()
  await home.close()

  const second = await comeBackOnItsWay(first)
  // Nobody but the one who looks for its home has the connection now: what it does not hear would end the process.
  second.socket.resetAndDestroy()
  await until(() => other.guard.connectionCount === 0)
  expect((await login(other)).said).toContain('mining.notify')
  home = await openPool(PORTS, { dataDir, slot: 0 })
})

test('a process that ends is not kept by the miners that it passes on', async () => {
  const first = await loginAndLeave()
  const second = await login(other, first.sessionId)
  await other.close()
  await second.client.closed
  expect(other.guard.connectionCount).toBe(0)
  other = await openPool(PORTS, { dataDir, slot: 1 })
})

test('a process that ends is not kept by a miner whose home it looks for', async () => {
  const first = await loginAndLeave()
  await home.close()
  const second = await comeBackOnItsWay(first)
  await other.close()
  await second.closed
  home = await openPool(PORTS, { dataDir, slot: 0 })
  other = await openPool(PORTS, { dataDir, slot: 1 })
})

test('a process that ends takes along the miners that it passes on', async () => {
  const first = await loginAndLeave()
  const second = await login(other, first.sessionId)
  await home.close()
  await second.client.closed
  home = await openPool(PORTS, { dataDir, slot: 0 })
})
