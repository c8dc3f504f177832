import { liveKeys, type LiveWorker } from '@headframe/core/live/live-feed'
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchWorkers } from '../../../../../docs/examples/watch-workers'
import { NETWORK, NEWCOMER, openTestApi, type TestApi } from '../../support/test-api'
import { serveRest, type RestServer } from '../../support/rest-server'

const keys = liveKeys(NETWORK)
const SCRIPT = fileURLToPath(new URL('../../../../../docs/examples/workers-down.sh', import.meta.url))
const hasTools = ['curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

let api: TestApi
let server: RestServer
beforeAll(async () => {
  api = await openTestApi()
  server = await serveRest(() => Promise.resolve(api.context()))
})
afterAll(async () => {
  await server.close()
  await api.close()
})

async function report(connections: number): Promise<void> {
  const worker: LiveWorker = {
    atMs: Date.now(),
    connections,
    connectedAtMs: Date.now(),
    difficulty: 1,
    userAgent: 'test/1',
  }
  await api.redis.commands.hset(keys.miner(NEWCOMER), 's00-a/', JSON.stringify(worker))
}

describe('the examples of docs/', () => {
  it('a program sees which workers are down, and hears when that changes', async () => {
    await report(1)
    const leaving = new AbortController()
    const watch = watchWorkers({ pool: server.url, address: NEWCOMER, signal: leaving.signal })
    expect(await watch.next()).toEqual({ done: false, value: [] })
    const changed = watch.next()
    await report(0)
    const shares = setInterval(() => {
      const event = JSON.stringify({ type: 'shares', atMs: Date.now(), count: 1 })
      void api.redis.commands.publish(keys.events, event)
    }, 500)
    try {
      expect(await changed).toEqual({ done: false, value: [''] })
    } finally {
      clearInterval(shares)
      leaving.abort()
    }
    await expect(watch.next()).rejects.toThrow(/abort/i)
  })

  it('a program says what the API has said, when it cannot', async () => {
    const watch = watchWorkers({ pool: server.url, address: 'hello', once: true })
    await expect(watch.next()).rejects.toThrow(/^address-invalid: /)
  })

  it.skipIf(!hasTools)('so does a line of shell', async () => {
    await report(0)
    const { stdout } = await promisify(execFile)(SCRIPT, [server.url, NEWCOMER])
    expect(stdout).toBe('\n')
    await report(1)
    expect((await promisify(execFile)(SCRIPT, [server.url, NEWCOMER])).stdout).toBe('')
    await expect(promisify(execFile)(SCRIPT, [server.url, 'hello'])).rejects.toThrow()
  })
})
