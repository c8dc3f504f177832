import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import type { Job } from '@headframe/core/job/job'
import { soloVariant } from '@headframe/core/job/job-variant'
import { freePort } from '@headframe/local/free-port'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assign, EASY, findNonce } from '../find-share.js'
import { readCredited } from '../fuzz/credited-share.js'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ANNA = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const BERT = 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn'

let dataDir: string
let ports: string
let pool: OpenPool
let job: Job

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'headframe-solo-'))
  ports = `${await freePort()} mode=solo fixed=1e-9`
  pool = await openPool(ports, { dataDir })
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(async () => {
  await pool.close()
  await rm(dataDir, { recursive: true, force: true })
})

function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}

interface Miner {
  readonly client: LineClient
  readonly address: string
  readonly sessionId: string
  readonly extranonce1: string
  readonly notify: readonly unknown[]
}

async function login(address: string, sessionId?: string): Promise<Miner> {
  const client = await LineClient.connect(pool.port)
  const { result } = await client.call(1, 'mining.subscribe', ['x', ...(sessionId ? [sessionId] : [])])
  const [subscriptions, extranonce1] = result as [[string, string][], string]
  client.send(2, 'mining.authorize', [`${address}.rig`])
  const notify = await client.push('mining.notify')
  return { client, address, sessionId: subscriptions[0]![1], extranonce1, notify }
}

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

/** A share of the miner's own coinbase, which the pool has not told anybody but him. */
function shareOf({ address, extranonce1, notify }: Miner): unknown[] {
  const wireJobId = notify[0] as string
  const alias = Number.parseInt(wireJobId.slice(8), 16)
  const held = soloVariant(job, scriptOf(address))
  const nonce = findNonce(assign(held, EASY, Uint8Array.of(alias, ...hexToBytes(extranonce1))), EASY)
  return [`${address}.rig`, wireJobId, '0000000000000000', hex8(job.ntime), hex8(nonce)]
}

async function leave({ client }: Miner): Promise<void> {
  client.socket.destroy()
  await client.closed
  while (pool.server.connectionCount > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('on a solo port', () => {
  test('each miner is sent a coinbase that pays his own script, and is credited for it', async () => {
    const [anna, bert] = [await login(ANNA), await login(BERT)]
    for (const miner of [anna, bert]) {
      expect(miner.notify[3]).toBe(bytesToHex(soloVariant(job, scriptOf(miner.address)).coinbaseSuffix))
      expect(await miner.client.call(3, 'mining.submit', shareOf(miner))).toMatchObject({ result: true })
    }
    await pool.close()
    const credited = await readCredited(dataDir, pool.writer.writerId)
    expect(credited.map(({ address, isWorth }) => [address, isWorth])).toEqual([
      [ANNA, true],
      [BERT, true],
    ])
  })

  test('a new job reaches each with a coinbase of his own', async () => {
    const miners = [await login(ANNA), await login(BERT), await login(ANNA)]
    job = jobOn(2)
    pool.sendJob(job)
    for (const { client, address } of miners) {
      const notify = await client.push('mining.notify')
      expect(notify[3]).toBe(bytesToHex(soloVariant(job, scriptOf(address)).coinbaseSuffix))
    }
  })

  test('a connection is for one address, with as many workers as one likes', async () => {
    const { client } = await login(ANNA)
    expect((await client.call(3, 'mining.authorize', [`${ANNA}.other`])).result).toBe(true)
    const refused = await client.call(4, 'mining.authorize', [`${BERT}.rig`])
    expect(refused.error?.[1]).toContain(`mines for one address, here ${ANNA}`)
  })

  test.each(['the same process', 'a restarted one'])(
    'a miner that comes back to %s goes on, and his shares are judged by what he was sent',
    async (where) => {
      const before = await login(ANNA)
      const share = shareOf(before)
      await leave(before)
      if (where !== 'the same process') {
        await pool.close()
        pool = await openPool(ports, { dataDir, pastJobs: [job] })
        pool.sendJob(jobOn(1))
      }
      const after = await login(ANNA, before.sessionId)
      expect(after.extranonce1).toBe(before.extranonce1)
      expect(await after.client.call(3, 'mining.submit', share)).toMatchObject({ result: true })
      expect((await after.client.call(4, 'mining.submit', share)).error?.[0]).toBe(22)
    },
  )

  test('who comes back with another address is promised nothing of before, and works for himself', async () => {
    const before = await login(ANNA)
    const share = shareOf(before)
    await leave(before)
    const after = await login(BERT, before.sessionId)
    expect(after.notify[3]).toBe(bytesToHex(soloVariant(job, scriptOf(BERT)).coinbaseSuffix))
    const late = await after.client.call(3, 'mining.submit', [`${BERT}.rig`, ...share.slice(1)])
    expect(late.error?.[0]).toBe(21)
    expect(await after.client.call(4, 'mining.submit', shareOf(after))).toMatchObject({ result: true })
  })

  test('who has named another address first gets no session of somebody else', async () => {
    const before = await login(ANNA)
    await leave(before)
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.authorize', [`${BERT}.rig`])
    const { result } = await client.call(2, 'mining.subscribe', ['x', before.sessionId])
    expect((result as [unknown, string])[1]).not.toBe(before.extranonce1)
  })

  test('a block that is found is that of the finder', async () => {
    job = jobOn(3, { networkDifficulty: 1e-9 })
    const anna = await login(ANNA)
    pool.sendJob(job)
    const notify = await anna.client.push('mining.notify')
    await anna.client.call(3, 'mining.submit', shareOf({ ...anna, notify }))
    expect(pool.blocks).toHaveLength(1)
    const { coinbaseSuffix } = soloVariant(job, scriptOf(ANNA))
    expect(pool.blocks[0]!.assigned.job.coinbaseSuffix).toEqual(coinbaseSuffix)
  })
})
