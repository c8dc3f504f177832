import { inspect } from 'node:util'
import { liveKeys, type LiveNode, type LiveWork } from '@headframe/core/live/live-feed'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../src/server/viewer'
import { NETWORK, openTestApi, type TestApi } from '../support/test-api'

const HOUR = 3_600_000
const keys = liveKeys(NETWORK)
const viewer: OperatorViewer = {
  kind: 'operator',
  operatorId: '1',
  name: 'ada',
  role: 'viewer',
  secondFactorAtMs: 0,
  scopes: ['operator:read'],
}

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
afterEach(() => api.redis.commands.del(keys.node, keys.work, keys.selfCheck, keys.canary))

const asOperator = () => api.call({ viewer }).consoleSystem
const tell = (key: string, value: object) => api.redis.commands.set(key, JSON.stringify(value), 'PX', 10_000)

describe('nodes', () => {
  it('says that nobody reports while nobody does', async () => {
    expect(await asOperator().nodes()).toEqual({
      node: { known: false, why: 'not-reported' },
      work: { known: false, why: 'not-reported' },
      selfCheck: { known: false, why: 'not-reported' },
      canary: { known: false, why: 'not-reported' },
    })
  })

  it('tells how far each node is behind the best, what it says of itself, and what the public is not told', async () => {
    const nowMs = Date.now()
    const common = { message: '', sinceMs: nowMs - HOUR, isChosen: false }
    const tip = { chainwork: String(2n ** 96n), sinceMs: nowMs, heardBy: 'rawblock' }
    const node: LiveNode = {
      ...{ atMs: nowMs, state: 'ok', message: '', sinceMs: nowMs - HOUR, jobAgeMs: 900 },
      nodes: [
        {
          ...{ ...common, name: 'near', state: 'ok', isChosen: true, templateFeesSats: '1234' },
          tip: { ...tip, hash: 'aa'.repeat(32), height: 503 },
          facts: { version: '/Satoshi:30.0.0/', peersIn: 2, peersOut: 10, latencyMs: 1.5, zmq: ['rawblock'] },
        },
        {
          ...{ ...common, name: 'far', state: 'lagging' },
          tip: { ...tip, hash: 'bb'.repeat(32), height: 500, chainwork: '17' },
          facts: { zmq: [] },
        },
        { ...common, name: 'gone', state: 'away' },
      ],
    }
    await tell(keys.node, node)
    const { node: told } = await asOperator().nodes()
    if (!told.known) throw new Error(told.why)
    expect(told.value.nodes.map(({ name, behindBlocks }) => [name, behindBlocks])).toEqual([
      ['near', 0],
      ['far', 3],
      ['gone', undefined],
    ])
    expect(told.value.nodes[0]).toMatchObject({
      templateFeesSats: 1234n,
      tip: { chainwork: 2n ** 96n, heardBy: 'rawblock' },
      facts: { version: '/Satoshi:30.0.0/', peersIn: 2, peersOut: 10, latencyMs: 1.5 },
    })
    const status = await api.call().pool.status()
    expect(inspect(status, { depth: 9 })).not.toMatch(/Satoshi|chainwork|peers/)
  })

  it('tells the newest jobs and why they were made', async () => {
    const reason = 'fees' as const
    const job = {
      ...{ jobId: '00000007', atMs: 5, node: 'near', reason, height: 504, cleanJobs: false },
      ...{ transactionCount: 3, feesSats: '42', coinbaseValueSats: '5000000042' },
      ...{ weight: 4_000, sizeBytes: 1_000, coinbaseBytes: 200, largestCoinbaseBytes: 700 },
    }
    await tell(keys.work, { jobs: [job] } satisfies LiveWork)
    expect((await asOperator().nodes()).work).toEqual({
      known: true,
      value: { jobs: [{ ...job, feesSats: 42n, coinbaseValueSats: 5_000_000_042n }] },
    })
  })
})
