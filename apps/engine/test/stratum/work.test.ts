import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PEERS_PER_TURN } from '../../src/stratum/broadcast.js'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const NO_LIMITS = {
  maxConnectionsPerAddress: Infinity,
  maxConnectionsPerSubnet: Infinity,
  newConnectionsPerSecond: Infinity,
}

let pool: OpenPool

beforeEach(async () => {
  pool = await openPool('0 difficulty=1 min=1e-9', { limits: NO_LIMITS })
  pool.sendJob(jobOn(1))
})
afterEach(() => pool.close())

describe('a pool without work', () => {
  test('closes its miners, takes none, and takes them back with the next job', async () => {
    const miner = await LineClient.connect(pool.port)
    await miner.call(1, 'mining.subscribe', [])
    pool.server.retire()
    await miner.closed
    const early = await LineClient.connect(pool.port)
    await early.closed
    pool.sendJob(jobOn(2))
    const late = await LineClient.connect(pool.port)
    await late.call(1, 'mining.subscribe', [])
    await late.call(2, 'mining.authorize', [ADDRESS])
    expect(await late.push('mining.notify')).toHaveLength(9)
  })
})

describe('clean_jobs', () => {
  test('is told to who begins, whichever job of the tip he gets', async () => {
    pool.sendJob({ ...jobOn(1), cleanJobs: false })
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    client.send(2, 'mining.authorize', [ADDRESS])
    expect((await client.push('mining.notify')).at(-1)).toBe(true)
    const refreshed = { ...jobOn(1), cleanJobs: false }
    pool.sendJob(refreshed)
    expect(await client.push('mining.notify')).toMatchObject({ 0: `${refreshed.jobId}00`, 8: false })
  })

  test('is told to who has had no job of the tip, when its difficulty changes before its turn comes', async () => {
    const miners: LineClient[] = []
    for (let count = 0; count <= PEERS_PER_TURN; count++) miners.push(await LineClient.connect(pool.port))
    for (const miner of miners) {
      await miner.call(1, 'mining.subscribe', [])
      miner.send(2, 'mining.authorize', [ADDRESS])
      await miner.push('mining.notify')
    }
    const last = miners.at(-1)!
    // From here on the pool reads before it serves those that are left.
    await setImmediate()
    last.send(3, 'mining.suggest_difficulty', [0.25])
    pool.sendJob(jobOn(2))
    const full = { ...jobOn(2), cleanJobs: false }
    pool.sendJob(full)
    expect(await last.push('mining.set_difficulty')).toEqual([0.25])
    expect(await last.push('mining.notify')).toMatchObject({ 0: `${full.jobId}00`, 8: true })
    for (const miner of miners) miner.socket.destroy()
  })
})

describe('a suggested difficulty', () => {
  test('is taken before subscribe, and every repetition is answered', async () => {
    const client = await LineClient.connect(pool.port)
    expect((await client.call(0, 'mining.suggest_difficulty', [0.00015])).result).toBe(true)
    await client.call(1, 'mining.subscribe', [])
    client.send(2, 'mining.authorize', [ADDRESS])
    expect(await client.push('mining.set_difficulty')).toEqual([0.00015])
    expect((await client.call('x', 'mining.suggest_difficulty', [0.00015])).result).toBe(true)
  })

  test('changes running work: the difficulty, then the same job under a fresh id and another coinbase', async () => {
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    client.send(2, 'mining.authorize', [ADDRESS])
    const first = await client.push('mining.notify')
    client.send(3, 'mining.suggest_difficulty', [0.25])
    expect(await client.push('mining.set_difficulty')).toEqual([0.25])
    const second = await client.push('mining.notify')
    expect(second[0]).toBe(`${String(first[0]).slice(0, 8)}01`)
    expect(second[1]).toBe(first[1])
    expect(second[2]).not.toBe(first[2])
    expect(second.at(-1)).toBe(false)
  })
})
