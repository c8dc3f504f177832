import { parseAddress } from '@headframe/core/chain/address'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import type { LiveCanary, LiveCanaryPort } from '@headframe/core/live/live-feed'
import { freePort } from '@headframe/local/free-port'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Canary } from '../../src/canary/canary.js'
import { openRealPool, type RealPool } from '../real-pool.js'

const DONATION = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let pool: RealPool
let canary: Canary
let alarms: string[]
let report: LiveCanary | undefined
let aheadMs: number

beforeAll(async () => {
  pool = await openRealPool({
    ports: `${await freePort()} mode=pplns fixed=1e-9; ${await freePort()} mode=solo difficulty=1024`,
    settings: { DONATION_ADDRESS: DONATION, DONATION_BASIS_POINTS: '50' },
  })
})
afterAll(() => pool.close())
beforeEach(() => {
  alarms = []
  report = undefined
  aheadMs = 0
})
afterEach(() => canary.close())

async function startCanary(plan: CoinbasePlan, portNumbers = pool.ports): Promise<void> {
  const address = await pool.node.rpc<string>('getnewaddress')
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const ports = pool.engine.STRATUM_PORTS.map((port, index) => ({ ...port, port: portNumbers[index]! }))
  canary = new Canary(
    { host: '127.0.0.1', ports, network: 'regtest', plan, address, script: parsed.script },
    {
      readTips: async () => {
        const info = await pool.node.rpc<{ bestblockhash: string; blocks: number }>('getblockchaininfo')
        return [{ hash: info.bestblockhash, height: info.blocks }]
      },
      log: pino({ level: 'fatal' }, { write: (line: string) => void alarms.push(line) }),
      nowMs: () => Date.now() + aheadMs,
      onReport: (now) => (report = now),
    },
  )
  canary.start()
}

const problems = (): string[][] | undefined => report?.ports.map((port) => [...port.problems])
const everyPort = (look: (port: LiveCanaryPort) => boolean): boolean => report?.ports.every(look) ?? false

test('a canary finds nothing wrong with a real pool, over a new block too', async () => {
  await startCanary(pool.plan)
  await expect.poll(() => everyPort(({ jobId }) => jobId !== undefined), { timeout: 10_000 }).toBe(true)
  expect(problems()).toEqual([[], []])
  await pool.node.rpc('generatetoaddress', [1, pool.poolAddress])
  const { height } = await pool.postJob()
  await expect.poll(() => everyPort((port) => port.height === height), { timeout: 10_000 }).toBe(true)
  expect(problems()).toEqual([[], []])
  expect(alarms).toEqual([])
})

test('a job that pays another script, or is on an old block, raises an alarm once', async () => {
  const parsed = parseAddress(DONATION, 'regtest')
  const wrong = { ...pool.plan, restScript: parsed.ok ? parsed.script : new Uint8Array(0), solo: [] }
  await startCanary(wrong)
  await expect.poll(() => alarms.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(alarms[0]).toContain('the canary finds something wrong')
  await expect
    .poll(() => everyPort((port) => port.problems.some((one) => one.startsWith('it pays'))))
    .toBe(true)
  const before = alarms.length
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect(alarms).toHaveLength(before)

  await pool.node.rpc('generatetoaddress', [1, pool.poolAddress])
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  aheadMs = 6_000
  await expect.poll(() => JSON.stringify(problems()), { timeout: 10_000 }).toContain("no node's tip")
  await pool.postJob()
  await expect.poll(() => JSON.stringify(problems()), { timeout: 10_000 }).not.toContain("no node's tip")
})

test('a port that cannot be connected to, or gives no job, is told after half a minute', async () => {
  await startCanary(pool.plan, [pool.ports[0]!, await freePort()])
  await expect.poll(() => report?.ports[0]?.jobId, { timeout: 10_000 }).toBeDefined()
  expect(problems()).toEqual([[], []])
  aheadMs = 36_000
  await expect
    .poll(() => problems()?.[1]?.[0], { timeout: 10_000 })
    .toMatch(/^cannot be mined on: .*ECONNREFUSED/)
  expect(problems()![0]).toEqual(['gives no job any more'])
  expect(alarms.length).toBeGreaterThan(0)
  await pool.postJob()
  await expect.poll(() => problems()?.[0], { timeout: 10_000 }).toEqual([])
})
