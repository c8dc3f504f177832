import { displayHash } from '@headframe/core/chain/header'
import { reasonOf } from '@headframe/core/block/submit-reason'
import { listAnswers } from '@headframe/db/block/list-answers'
import { solve } from '@headframe/miner/solve'
import { describe, expect, test } from 'vitest'
import { openNodeProxy, type NodeProxy } from '../bitcoind/node-proxy.js'
import { ownNode } from '../own-node.js'
import { until } from '../until.js'
import { LONG_MS, openServe, type ServeProcess } from './serve-process.js'

const PROCESSES = 2
const FOREVER = new Promise<void>(() => undefined)

const node = ownNode()
const tipOfNode = () => node().rpc<string>('getbestblockhash')

/** The process that has written this line, by its number. */
function slotOf(serve: ServeProcess, msg: string): number {
  const { process: name } = serve.lines.find((line) => line.msg === msg)!
  return Number(/^stratum-(\d+)$/.exec(name)![1])
}

/** Kills one of the stratum processes and waits until its successor listens. */
async function killStratum(serve: ServeProcess, slot: number): Promise<void> {
  const before = serve.lines.length
  process.kill(serve.stratumPids()[slot]!, 'SIGKILL')
  const said = (msg: string): boolean =>
    serve.lines.slice(before).some((line) => line.msg === msg && line.process === `stratum-${slot}`)
  await until(() => said('listening'))
}

const HOLDS: [string, (proxy: NodeProxy, until: Promise<void>) => void, string | null][] = [
  ['before the node has heard of it', (proxy, until) => (proxy.beforeBlock = until), null],
  ['before the answer is back', (proxy, until) => (proxy.beforeBlockAnswer = until), 'duplicate'],
]

describe('kill -9 of a stratum process whose block is on its way', () => {
  test.each(HOLDS)(
    '%s: its successor brings it there, and it counts once',
    async (_when, hold, result) => {
      const proxy = await openNodeProxy(node().url)
      const serve = await openServe({
        nodeUrl: `${proxy.url} name=near`,
        port: 'fixed=1e-9',
        processes: PROCESSES,
      })
      await serve.start()
      const before = await tipOfNode()
      hold(proxy, FOREVER)
      const miner = await serve.connectMiner()
      const block = solve(await miner.jobWhere(), { wanted: 'block' })
      const hash = displayHash(block.hash)
      expect(await miner.submit(block)).toEqual({ isAccepted: true })
      await until(() => proxy.blocks === 1)
      if (result !== null) await until(async () => (await tipOfNode()) === hash)
      else expect(await tipOfNode()).toBe(before)

      hold(proxy, Promise.resolve())
      await killStratum(serve, slotOf(serve, 'block found'))

      await until(async () => (await tipOfNode()) === hash)
      const { pool } = serve.database
      await until(async () => (await listAnswers(pool, hash)).length > 0)
      const answers = await listAnswers(pool, hash)
      expect(answers).toMatchObject([{ node: 'near', call: 'submitblock', result }])
      expect(reasonOf(answers[0]!).standing).toBe('accepted')
      const blocks = await pool.query('SELECT hash FROM block')
      expect(blocks.rows).toEqual([{ hash }])

      // The share that carried it is one as well.
      const shareCount = async (): Promise<number> => {
        const sums = await pool.query<{ sum: string | null }>('SELECT sum(share_count) FROM segment')
        return Number(sums.rows[0]!.sum)
      }
      await until(async () => (await shareCount()) > 0)
      expect(await shareCount()).toBe(1)
      expect(proxy.blocks).toBe(2)
    },
    LONG_MS,
  )
})
