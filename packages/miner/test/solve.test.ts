import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex } from '@headframe/core/bytes'
import { solve, type SolveOptions } from '../src/solve.js'
import { StratumClient } from '../src/stratum-client.js'
import { judgingPool } from './judging-pool.js'
import { ScriptedPool } from './scripted-pool.js'

/** Every 43rd hash or so is a share, every 4096th a block. */
const DIFFICULTY = 1e-8

let pool: ScriptedPool
let client: StratumClient

beforeAll(async () => {
  pool = await ScriptedPool.listen(judgingPool(DIFFICULTY))
  client = await StratumClient.connect(pool.endpoint)
  await client.configure()
  await client.subscribe()
  await client.authorize('a.b')
})

afterAll(async () => {
  await client.close()
  await pool.close()
})

async function answerTo(options: SolveOptions) {
  return client.submit(solve(await client.jobWhere(), options))
}

describe('what solve finds is judged by the pool as it was wanted', () => {
  it.each([
    ['a share', {}],
    ['a block', { wanted: 'block' }],
    ['a share that is no block', { wanted: 'share-only' }],
    ['with rolled version bits', { versionBits: 0x00a02000 }],
    ['with rolled ntime', { ntimeRoll: 300 }],
    ['in another part of the space', { extranonce2: 0xffffffff + 12 }],
    ['harder than it must be', { difficulty: 1e-6 }],
  ] satisfies [string, SolveOptions][])('%s', async (_name, options) => {
    expect(await answerTo(options)).toEqual({ isAccepted: true })
  })

  it.each([
    ['a hash that is too low', { wanted: 'too-low' }, 23],
    ['version bits outside the mask', { versionBits: 1 }, 20],
    ['ntime from a future too far', { ntimeRoll: 5000 }, 20],
  ] satisfies [string, SolveOptions, number][])('but not %s', async (_name, options, code) => {
    expect(await answerTo(options)).toMatchObject({ isAccepted: false, code })
  })
})

it('finds the same again, and something else elsewhere', async () => {
  const job = await client.jobWhere()
  const first = solve(job, { extranonce2: 5 })
  expect(solve(job, { extranonce2: 5 })).toEqual(first)
  const hashes = Array.from({ length: 50 }, (_, extranonce2) => bytesToHex(solve(job, { extranonce2 }).hash))
  expect(new Set(hashes).size).toBe(50)
  expect(solve(job, { wanted: 'block' }).isBlock).toBe(true)
  expect(solve(job, { wanted: 'share-only' }).isBlock).toBe(false)
})

it('refuses an extranonce2 that does not fit', async () => {
  const job = { ...(await client.jobWhere()), extranonce2Size: 2 }
  expect(() => solve(job, { extranonce2: 65_536 })).toThrow('65536 does not fit an extranonce2 of 2 bytes')
  expect(bytesToHex(solve(job, { extranonce2: 65_535 }).extranonce2)).toBe('ffff')
})
