import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hexToBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { ShareRecord } from '@headframe/core/journal/segment'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const EXTRANONCE2 = '0000000000000000'

let pool: OpenPool
let job: Job

beforeEach(async () => {
  pool = await openPool()
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(() => pool.close())

interface ReadyMiner {
  readonly client: LineClient
  readonly sessionExtranonce1: Uint8Array
}

async function readyMiner(): Promise<ReadyMiner> {
  const client = await LineClient.connect(pool.port)
  const subscribed = await client.call(1, 'mining.subscribe', ['test/1'])
  const [, extranonce1] = subscribed.result as [unknown, string, number]
  await client.call(2, 'mining.authorize', [`${ADDRESS}.rig`, 'x'])
  await client.push('mining.notify')
  return { client, sessionExtranonce1: hexToBytes(extranonce1) }
}

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

/** The parameters of a submit that the pool must accept. */
function goodSubmit({ sessionExtranonce1 }: ReadyMiner, from = 0, alias = 0, of = job): unknown[] {
  const assigned = assign(of, EASY, Uint8Array.of(alias, ...sessionExtranonce1))
  const nonce = findNonce(assigned, EASY, from)
  return [
    `${ADDRESS}.rig`,
    of.jobId + alias.toString(16).padStart(2, '0'),
    EXTRANONCE2,
    hex8(of.ntime),
    hex8(nonce),
  ]
}

describe('a session begins', () => {
  test('with answers in order, then the difficulty, then the job', async () => {
    const client = await LineClient.connect(pool.port)
    client.send('a', 'mining.subscribe', ['test/1', null])
    client.send(null, 'mining.authorize', [ADDRESS])
    const lines = [await client.next(), await client.next(), await client.next(), await client.next()]
    expect(lines.map(({ id, method }) => method ?? id)).toEqual([
      'a',
      null,
      'mining.set_difficulty',
      'mining.notify',
    ])
    expect(lines[0]!.result).toEqual([
      [
        ['mining.set_difficulty', expect.any(String)],
        ['mining.notify', expect.any(String)],
      ],
      expect.stringMatching(/^[0-9a-f]{8}$/),
      8,
    ])
    expect(lines[2]!.params).toEqual([EASY])
    expect(lines[3]!.params).toHaveLength(9)
  })

  test('in the other order too', async () => {
    const client = await LineClient.connect(pool.port)
    expect((await client.call(1, 'mining.authorize', [ADDRESS, 'x'])).result).toBe(true)
    client.send(2, 'mining.subscribe', [])
    expect((await client.next()).id).toBe(2)
    expect(await client.push('mining.notify')).toHaveLength(9)
  })

  test.each([
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', /mainnet/],
    ['bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt081', /checksum/],
    ['satoshi', /address/i],
    ['', /address/i],
  ])('refuses %j with words that help, and lets the miner try again', async (username, message) => {
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    const refused = await client.call(2, 'mining.authorize', [username, 'x'])
    expect(refused.error?.[0]).toBe(24)
    expect(refused.error?.[1]).toMatch(message)
    expect((await client.call(3, 'mining.authorize', [ADDRESS, 'x'])).result).toBe(true)
  })

  test('every session gets an extranonce1 of its own', async () => {
    const miners = await Promise.all(Array.from({ length: 20 }, readyMiner))
    expect(new Set(miners.map((miner) => Buffer.from(miner.sessionExtranonce1).toString('hex'))).size).toBe(
      20,
    )
  })
})

describe('a submission', () => {
  test('is answered true, and then is in the journal', async () => {
    const miner = await readyMiner()
    const accepted = await miner.client.call(3, 'mining.submit', goodSubmit(miner))
    expect(accepted).toEqual({ id: 3, result: true, error: null })
    await pool.writer.close()
    const shares = await readShares(pool.dataDir)
    expect(shares).toHaveLength(1)
    expect(shares[0]).toMatchObject({ assignedDifficulty: EASY, ntime: job.ntime })
  })

  test('written otherwise is the same share', async () => {
    const miner = await readyMiner()
    const params = goodSubmit(miner) as string[]
    expect((await miner.client.call(3, 'mining.submit', params)).result).toBe(true)
    const shouted = [params[0], params[1], params[2], params[3]!.toUpperCase(), params[4]!.toUpperCase()]
    const short = [params[0], params[1], params[2], params[3], params[4]!.replace(/^0+(?=.)/, '')]
    for (const variant of [params, shouted, short]) {
      expect((await miner.client.call(4, 'mining.submit', variant)).error?.[0]).toBe(22)
    }
  })

  test('of a job before the tip changed is stale, of an unknown job unknown', async () => {
    const miner = await readyMiner()
    const params = goodSubmit(miner)
    const next = jobOn(2)
    pool.sendJob(next)
    pool.clock.nowMs += 5_001
    const stale = await miner.client.call(3, 'mining.submit', params)
    expect(stale.error).toEqual([21, expect.stringContaining('Stale'), null])
    const unknown = await miner.client.call(4, 'mining.submit', [params[0], 'ffffffff00', ...params.slice(2)])
    expect(unknown.error).toEqual([21, expect.stringContaining('Job not found'), null])
  })

  test('of a job on the same tip counts after a newer job came', async () => {
    const miner = await readyMiner()
    const params = goodSubmit(miner)
    pool.sendJob(jobOn(1))
    expect((await miner.client.call(3, 'mining.submit', params)).result).toBe(true)
  })

  test.each([
    ['too easy', (params: unknown[], bad: number) => [...params.slice(0, 4), hex8(bad)], 23],
    [
      'an extranonce2 of another size',
      (params: unknown[]) => [params[0], params[1], '00', ...params.slice(3)],
      20,
    ],
    ['an old ntime', (params: unknown[]) => [...params.slice(0, 3), '00000001', params[4]], 20],
    ['version bits that were not agreed', (params: unknown[]) => [...params, '00002000'], 20],
    ['no hex', (params: unknown[]) => [...params.slice(0, 4), 'zz'], 20],
    ['no strings', () => [1, 2, 3], 20],
    ['somebody else', (params: unknown[]) => ['mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', ...params.slice(1)], 24],
  ])('with %s is refused by its code, and costs nobody anything', async (_name, spoil, code) => {
    const [miner, other] = [await readyMiner(), await readyMiner()]
    const params = goodSubmit(miner)
    const assigned = assign(job, EASY, Uint8Array.of(0, ...miner.sessionExtranonce1))
    let bad = 0
    while (findNonce(assigned, EASY, bad) === bad) bad++
    expect((await miner.client.call(3, 'mining.submit', spoil(params, bad))).error?.[0]).toBe(code)
    expect((await miner.client.call(4, 'mining.submit', params)).result).toBe(true)
    expect((await other.client.call(5, 'mining.submit', goodSubmit(other))).result).toBe(true)
  })

  test('before subscribe is told so', async () => {
    const client = await LineClient.connect(pool.port)
    expect((await client.call(1, 'mining.submit', [ADDRESS, 'x', '', '0', '0'])).error?.[0]).toBe(25)
  })

  test('under another worker name of the same address is taken', async () => {
    const miner = await readyMiner()
    const params = goodSubmit(miner)
    expect(
      (await miner.client.call(3, 'mining.submit', [`${ADDRESS}.renamed`, ...params.slice(1)])).result,
    ).toBe(true)
  })

  test('and what follows it in the same packet are answered in order', async () => {
    const miner = await readyMiner()
    const first = JSON.stringify({ id: 3, method: 'mining.submit', params: goodSubmit(miner) })
    const second = JSON.stringify({ id: 4, method: 'mining.ping', params: [] })
    const third = JSON.stringify({ id: 5, method: 'mining.submit', params: goodSubmit(miner) })
    miner.client.write(`${first}\n${second}\n${third}\n`)
    const answers = [await miner.client.next(), await miner.client.next(), await miner.client.next()]
    expect(answers.map(({ id }) => id)).toEqual([3, 4, 5])
    expect(answers.map(({ result }) => result)).toEqual([true, 'pong', null])
  })

  test('that is a block is sent', async () => {
    job = jobOn(3, { networkDifficulty: EASY })
    pool.sendJob(job)
    const miner = await readyMiner()
    expect((await miner.client.call(3, 'mining.submit', goodSubmit(miner))).result).toBe(true)
    expect(pool.blocks).toHaveLength(1)
  })
})

describe('version rolling', () => {
  test('is negotiated, and its bits are in the hash', async () => {
    const client = await LineClient.connect(pool.port)
    const configured = await client.call(1, 'mining.configure', [
      ['version-rolling', 'minimum-difficulty', 'x'],
      { 'version-rolling.mask': 'ffffffff', 'minimum-difficulty.value': 1e-9 },
    ])
    expect(configured.result).toEqual({
      'version-rolling': true,
      'version-rolling.mask': '1fffe000',
      'minimum-difficulty': true,
      x: false,
    })
    const subscribed = await client.call(2, 'mining.subscribe', [])
    await client.call(3, 'mining.authorize', [ADDRESS])
    const [, extranonce1] = subscribed.result as [unknown, string, number]
    const assigned = assign(
      { ...job, version: (job.version | 0x2000) >>> 0 },
      EASY,
      Uint8Array.of(0, ...hexToBytes(extranonce1)),
    )
    const nonce = findNonce(assigned, EASY)
    const params = [ADDRESS, `${job.jobId}00`, EXTRANONCE2, hex8(job.ntime), hex8(nonce)]
    expect((await client.call(4, 'mining.submit', [...params, '00002000'])).result).toBe(true)
    expect((await client.call(5, 'mining.submit', [...params, '00000001'])).error?.[0]).toBe(20)
  })
})

test('a difficulty that finds no alias left goes out before the next job', async () => {
  await pool.close()
  pool = await openPool('0 difficulty=0.5')
  pool.sendJob(job)
  const { client } = await readyMiner()
  const suggestions = 300
  for (let count = 1; count <= suggestions; count++) client.send(count, 'mining.suggest_difficulty', [count])
  let last: readonly unknown[] | undefined
  for (let answers = 0; answers < suggestions;) {
    const { id, method, params } = await client.next()
    if (method === 'mining.set_difficulty') last = params
    else if (method === undefined && id !== null) answers++
  }
  expect(last).toEqual([255])
  const next = jobOn(2)
  pool.sendJob(next)
  const [difficulty, notify] = [await client.next(), await client.next()]
  expect([difficulty.method, difficulty.params]).toEqual(['mining.set_difficulty', [suggestions]])
  expect(notify.params?.[0]).toBe(`${next.jobId}00`)
})

async function readShares(dataDir: string): Promise<ShareRecord[]> {
  const journal = join(dataDir, 'journal')
  const shares: ShareRecord[] = []
  for (const writer of await readdir(journal)) {
    for (const name of (await readdir(join(journal, writer))).filter((file) => file.endsWith('.seg'))) {
      const { records } = decodeSegment(await readFile(join(journal, writer, name)))
      shares.push(...records.filter((record) => record.kind === 'share'))
    }
  }
  return shares
}
