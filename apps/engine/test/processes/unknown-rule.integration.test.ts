import { liveKeys, type LiveNode } from '@headframe/core/live/live-feed'
import { ConnectionError } from '@headframe/miner/client-error'
import { solve } from '@headframe/miner/solve'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { openNodeProxy } from '../bitcoind/node-proxy.js'
import { ownNode } from '../own-node.js'
import { until } from '../until.js'
import { LONG_MS, NOBODY, openServe, type ServeProcess } from './serve-process.js'

const MESSAGE = 'this pool does not know the rule "!unheard" and stops mining'

const node = ownNode()

/** What the dashboard is told, again and again. */
function openStatus({ redisUrl }: ServeProcess): () => Promise<LiveNode> {
  const redis = new Redis(redisUrl)
  onTestFinished(() => redis.disconnect())
  return async () => JSON.parse((await redis.get(liveKeys('regtest').node)) ?? '{}') as LiveNode
}

async function isServed(serve: ServeProcess): Promise<boolean> {
  try {
    await (await serve.connectMiner()).jobWhere()
    return true
  } catch (error) {
    if (error instanceof ConnectionError) return false
    throw error
  }
}

test(
  'a rule that nobody here knows sends every miner away, and they are back when it is gone',
  async () => {
    const proxy = await openNodeProxy(node().url)
    const serve = await openServe({
      nodeUrl: `${proxy.url} name=near`,
      port: 'fixed=1e-9',
      processes: 2,
      environment: { TEMPLATE_REFRESH_SECONDS: '1' },
    })
    await serve.start()
    const statusOf = openStatus(serve)
    const stateLine = (state: string, value: number): string =>
      `headframe_node_state{node="near",state="${state}"} ${value}\n`
    const miners = await Promise.all([serve.connectMiner(), serve.connectMiner(), serve.connectMiner()])
    const [miner] = miners
    expect(await miner.submit(solve(await miner.jobWhere()))).toEqual({ isAccepted: true })
    expect(await serve.metrics()).toContain(stateLine('ok', 1))

    proxy.rule = '!unheard'
    await until(() => miners.every(({ isOpen }) => !isOpen))
    await until(async () => (await statusOf()).state === 'unknown-rule')
    const status = await statusOf()
    expect(status.message).toContain(MESSAGE)
    expect(status.jobAgeMs).toBeUndefined()
    const metrics = await serve.metrics()
    expect(metrics).toContain(stateLine('unknown-rule', 1))
    expect(metrics).toContain(stateLine('ok', 0))
    expect(await isServed(serve)).toBe(false)

    // Nor does a new tip make honest work.
    await node().rpc<string[]>('generatetoaddress', [1, NOBODY])
    const height = await node().rpc<number>('getblockcount')
    await until(async () => (await statusOf()).height === height)
    expect(await isServed(serve)).toBe(false)

    proxy.rule = undefined
    await until(() => isServed(serve))
    await until(async () => (await statusOf()).state === 'ok')
    expect(await serve.metrics()).toContain(stateLine('ok', 1))
    const back = await serve.connectMiner()
    expect(await back.submit(solve(await back.jobWhere()))).toEqual({ isAccepted: true })
  },
  LONG_MS,
)
