import { pausePayouts } from '@headframe/db/payout/control'
import { expect, test } from 'vitest'
import { payMinersTask } from '../../src/tasks/pay-miners.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import { PayGround } from '../payout/pay-ground.js'
import { silentLog } from '../payout/silent-log.js'

const own = ownDatabase()
const node = ownNode()

test('pages hear of each thing that happens to payouts, and of nothing else', async () => {
  const { db } = own()
  const pool = await PayGround.open(db, node().url)
  let told = 0
  const task = payMinersTask(pool.options, {
    db,
    wallet: pool.wallet,
    log: silentLog,
    nowMs: () => pool.nowMs,
    onPayout: () => (told += 1),
  })
  const newsOf = async (): Promise<number> => {
    told = 0
    await task.handler({})
    return told
  }
  expect(await newsOf()).toBe(0)
  await pool.owe(200_000n)
  pool.nowMs += pool.options.everyMs
  expect(await newsOf()).toBe(1)
  await pool.expectState('broadcast')
  expect(await newsOf()).toBe(0)
  await pool.mine(1)
  expect(await newsOf()).toBe(1)
  await pool.expectState('confirmed')
  await pausePayouts(db, 'ann', 'by the command', pool.nowMs)
  expect(await newsOf()).toBe(1)
  expect(await newsOf()).toBe(0)
  await pool.mine(pool.options.confirmations)
  expect(await newsOf()).toBe(1)
  await pool.expectState('settled')
})
