import { liveKeys } from '@headframe/core/live/live-feed'
import { openMinerOwner } from '@headframe/db/alert/owner'
import { saveChoice } from '@headframe/db/alert/rules'
import { findMiner } from '@headframe/db/miner/find-miner'
import { approveBatch } from '@headframe/db/payout/approve-batch'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WatchMiners } from '../../src/alerts/watch-miners.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import { PayGround } from '../payout/pay-ground.js'

const own = ownDatabase()
const node = ownNode()
const DAY = 86_400_000

let redis: Redis
beforeAll(() => void (redis = new Redis(testServices().redisUrl)))
afterAll(() => redis.disconnect())

/** A miner who wants to be told of all that becomes of his payouts. */
async function watched(pool: PayGround, address: string): Promise<() => Promise<object[]>> {
  const { db } = own()
  const { minerId } = (await findMiner(db.pool, address))!
  const { ownerId } = await openMinerOwner(db.pool, minerId, pool.nowMs - 1)
  const channel = { kind: 'ntfy', name: 'n', hint: 'h', target: new Uint8Array(1) } as const
  const when = { createdAt: new Date(pool.nowMs), verifiedAt: new Date(pool.nowMs) }
  await db.prisma.alertChannel.create({ data: { ownerId, ...channel, ...when } })
  for (const rule of ['payout-planned', 'payout-sent', 'payout-confirmed'])
    await saveChoice(db.pool, ownerId, rule, { isOn: true, parameters: {} }, pool.nowMs)
  return async () => {
    const { rows } = await db.pool.query<{ rule: string; facts: Record<string, unknown> }>(
      'SELECT rule, facts FROM alert_event WHERE owner_id = $1 ORDER BY id',
      [ownerId],
    )
    return rows.map(({ rule, facts }) => ({ rule, ...facts }))
  }
}

test('a miner is told when a payout to him is planned, sent and confirmed, each once, and of no other', async () => {
  const { db } = own()
  const pool = await PayGround.open(db, node().url, { approvalAboveSats: 1_000n })
  const [mine, other] = await pool.owe(150_000n, 2_000_000n)
  const told = await watched(pool, mine!)
  const watch = new WatchMiners({ db, redis, keys: liveKeys('regtest'), nowMs: () => pool.nowMs })
  const look = async () => {
    await watch.look()
    await watch.look()
    return told()
  }
  expect(await look()).toEqual([])

  await pool.pay()
  const { id } = await pool.expectState('planned')
  const payout = { batchId: String(id), sats: '150000' }
  const planned = { rule: 'payout-planned', ...payout }
  expect(await look()).toEqual([planned])

  await approveBatch(db, id, 'ann', pool.nowMs)
  await pool.run()
  const { txid } = await pool.expectState('broadcast')
  const sent = { rule: 'payout-sent', ...payout, txid }
  expect(await look()).toEqual([planned, sent])

  // It took its time: what counts is when it was confirmed, and not when it was sent.
  pool.nowMs += 3 * DAY
  await pool.mine(1)
  await pool.run()
  await pool.expectState('confirmed')
  const height = await pool.node<number>('getblockcount')
  const confirmed = { rule: 'payout-confirmed', ...payout, txid, height }
  expect(await look()).toEqual([planned, sent, confirmed])
  await pool.bury()
  await pool.expectState('settled')
  expect(await look()).toEqual([planned, sent, confirmed])

  // Who asks for alerts now is not told of what was.
  pool.nowMs += 1
  const toldOther = await watched(pool, other!)
  await look()
  expect(await toldOther()).toEqual([])
})
