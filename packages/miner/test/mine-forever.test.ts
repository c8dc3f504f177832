import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Hasher } from '../src/hasher.js'
import { mineForever } from '../src/mine-forever.js'
import { compileMiner, type CompiledMiner } from './compile-miner.js'
import { judgingPool, notify } from './judging-pool.js'
import { recorded, ScriptedPool, type Script } from './scripted-pool.js'

const SOON = { timeout: 5_000 }

let compiled: CompiledMiner
let hasher: Hasher
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  compiled = await compileMiner()
  hasher = new Hasher(pathToFileURL(join(compiled.dir, 'hash-thread.js')))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(async () => {
  await hasher.close()
  await compiled.remove()
})

async function poolWith(script: Script, port = 0): Promise<ScriptedPool> {
  const pool = await ScriptedPool.listen(script, port)
  closing.push(() => pool.close())
  return pool
}

/** Mines at a pool; `lines` grows with what is printed. Delays before a new attempt are noted and cut short. */
function mineAt({ endpoint }: Pick<ScriptedPool, 'endpoint'>, maxHashrate = 20_000) {
  const stopping = new AbortController()
  const { signal } = stopping
  const options = { endpoint, username: 'a.b', password: 'x', threads: 1, maxHashrate }
  const run = { lines: [] as string[], delaysMs: [] as number[], stop: () => Promise.resolve() }
  const done = mineForever(options, {
    hashers: [hasher],
    print: (text) => run.lines.push(text),
    nowMs: () => performance.now(),
    random: () => 1,
    sleep: (ms) => {
      if (ms >= 1000) run.delaysMs.push(ms)
      return delay(Math.min(ms, 100), undefined, { signal }).catch(() => undefined)
    },
    signal,
  })
  run.stop = () => {
    stopping.abort()
    return done
  }
  closing.push(run.stop)
  return run
}

function submitsOf(pool: ScriptedPool): string[] {
  const submits = pool.heard.filter((line) => line.includes('mining.submit'))
  return submits.map((line) => (JSON.parse(line) as { params: unknown[] }).params.join())
}

it('finds shares and blocks that the pool accepts, none of them twice', async () => {
  const pool = await poolWith(judgingPool(1e-7))
  const run = mineAt(pool)
  await expect.poll(() => run.lines, SOON).toContain('share of difficulty 1e-7 accepted')
  await expect.poll(() => run.lines.join(), SOON).toMatch(/block [0-9a-f]{64} accepted/)
  expect(run.lines.slice(0, 4)).toEqual([
    `connected to 127.0.0.1:${pool.endpoint.port}`,
    'authorized as a.b',
    'difficulty 1e-7',
    'new block to build on, job 0000002a07',
  ])
  expect(run.lines.join()).not.toContain('rejected')
  const submits = submitsOf(pool)
  expect(new Set(submits).size).toBe(submits.length)
})

it('stays near the hashrate it is held to', async () => {
  const pool = await poolWith(judgingPool(1e-7))
  const run = mineAt(pool, 20_000)
  await expect.poll(() => run.lines, SOON).toContain('authorized as a.b')
  const before = submitsOf(pool).length
  const startedMs = performance.now()
  await delay(1_500)
  const found = submitsOf(pool).length - before
  const due = ((performance.now() - startedMs) / 1000) * (20_000 / 429.5)
  // About 70 are due; twice as many would be eight sigma of luck.
  expect(found).toBeLessThan(2 * due)
  expect(found).toBeGreaterThan(0)
})

it('takes up a new job, and says what the pool rejects', async () => {
  const pool = await poolWith(judgingPool(1e-7))
  const run = mineAt(pool)
  await expect.poll(() => run.lines.join(), SOON).toContain('accepted')
  pool.push(notify(8, false))
  await expect.poll(() => run.lines.join(), SOON).toMatch(/rejected: Job not found.* \(21\)/)
})

it('connects again, each time later, after a refusal, while the pool is away, and after a loss', async () => {
  const refusal = '{"id":$id,"result":null,"error":[20,"Full",null]}'
  const refusing = await ScriptedPool.listen(recorded({ 'mining.subscribe': [refusal] }))
  const { endpoint } = refusing
  const run = mineAt(refusing)
  await expect.poll(() => run.lines, SOON).toContain('refused by the pool: Full (20); next attempt in 1.0 s')
  await refusing.close()
  const away = `no connection to 127.0.0.1:${endpoint.port}: ECONNREFUSED`
  await expect.poll(() => run.lines.join(), SOON).toContain(away)
  const pool = await poolWith(judgingPool(1e-7), endpoint.port)
  await expect.poll(() => run.lines.join(), SOON).toContain('accepted')
  expect(run.delaysMs.slice(0, 2)).toEqual([1000, 2000])

  run.delaysMs.length = 0
  const attempts = pool.connectionCount
  for (const socket of pool.sockets) socket.resetAndDestroy()
  await expect.poll(() => pool.connectionCount, SOON).toBe(attempts + 1)
  expect(run.lines.join()).toMatch(/disconnected: .+; next attempt in 1\.0 s/)
  expect(run.delaysMs).toEqual([1000])
})

it('gives up a pool that has no work for it', async () => {
  const trueAnswer = '{"id":$id,"result":true,"error":null}'
  const subscribed = '{"id":$id,"result":[[],"aabbccdd",8],"error":null}'
  const pool = await poolWith(
    recorded({ 'mining.subscribe': [subscribed], 'mining.authorize': [trueAnswer] }),
  )
  const run = mineAt(pool)
  await expect.poll(() => run.lines, SOON).toContain('authorized as a.b')
  for (const socket of pool.sockets) socket.end()
  await expect.poll(() => run.lines.join(), SOON).toContain('closed by the pool; next attempt')
})

it('ends at once when it is told to, also between two attempts', async () => {
  const pool = await poolWith(judgingPool(1e-7))
  const run = mineAt(pool)
  await expect.poll(() => run.lines.join(), SOON).toContain('accepted')
  await run.stop()
  await expect.poll(() => pool.sockets.size).toBe(0)
  const printed = run.lines.length
  await delay(50)
  expect(run.lines.length).toBe(printed)

  const { endpoint } = pool
  await pool.close()
  closing.length = 0
  const nowhere = mineAt({ endpoint })
  await expect.poll(() => nowhere.lines.join(), SOON).toContain('next attempt')
  await nowhere.stop()
})
