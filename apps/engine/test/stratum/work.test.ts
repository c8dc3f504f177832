import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let pool: OpenPool

beforeEach(async () => {
  pool = await openPool('0 difficulty=1 min=1e-9')
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
