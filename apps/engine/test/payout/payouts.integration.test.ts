import { minerAccount, NETWORK_FEE, WALLET } from '@headframe/core/accounting/account'
import { approveBatch, requestBump } from '@headframe/db/payout/approve-batch'
import { pausePayouts, resumePayouts } from '@headframe/db/payout/control'
import { readBatch } from '@headframe/db/payout/list-batches'
import { afterEach, expect, test } from 'vitest'
import { compareWallet, walletProblem } from '../../src/payout/compare-wallet.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import type { PaymentOptions } from '../../src/payout/payment-options.js'
import { PayGround, scriptOf } from './pay-ground.js'

const own = ownDatabase()
const node = ownNode()

let open: PayGround | undefined
afterEach(async () => {
  // What a test leaves behind is settled, so that the next finds nothing under way.
  const ground = open
  open = undefined
  if (ground === undefined) return
  ground.options = { ...ground.options, signing: 'wallet', dailyLimitSats: undefined }
  await resumePayouts(own().db, 'ann', ground.nowMs)
  await ground.run()
  await ground.mine(ground.options.confirmations)
  await ground.run()
})

async function ground(options: Partial<PaymentOptions> = {}): Promise<PayGround> {
  open = await PayGround.open(own().db, node().url, options)
  return open
}

test('debts are paid by one transaction, and the books settle when it is deep enough', async () => {
  const pool = await ground()
  const amounts = [150_000n, 2_000_000n, 100_000n]
  const addresses = await pool.owe(...amounts, 99_999n)
  const before = await pool.balances()
  await pool.pay()
  const sent = await pool.expectState('broadcast')
  expect(sent).toMatchObject({ miners: 3, totalSats: 2_250_000n, versions: 1 })
  expect(await pool.node<string[]>('getrawmempool')).toEqual([sent.txid])
  await pool.mine(1)
  await pool.run()
  await pool.expectState('confirmed')
  await pool.mine(2)
  await pool.run()
  const { feeSats } = await pool.expectState('settled')
  await pool.expectPaid(addresses.slice(0, 3), amounts)
  const after = await pool.balances()
  const change = (account: string) => (after.get(account) ?? 0n) - (before.get(account) ?? 0n)
  expect(change(NETWORK_FEE)).toBe(feeSats)
  expect(change(WALLET)).toBe(-2_250_000n - feeSats!)
  expect(after.get(minerAccount(addresses[3]!, 'available'))).toBe(-99_999n)
})

test('payees bear the fee where that is the setting, each an equal part, booked to the satoshi', async () => {
  const pool = await ground({ feePayer: 'payees' })
  const addresses = await pool.owe(500_000n, 700_000n)
  const before = (await pool.balances()).get(NETWORK_FEE) ?? 0n
  await pool.pay()
  await pool.bury()
  const { feeSats } = await pool.expectState('settled')
  const [first, second] = [await pool.paidTo(addresses[0]!), await pool.paidTo(addresses[1]!)]
  expect(first + second).toBe(1_200_000n - feeSats!)
  expect(first < 500_000n && second < 700_000n).toBe(true)
  expect((await pool.balances()).get(NETWORK_FEE) ?? 0n).toBe(before)
})

test('more miners than a batch has room for are paid by several', async () => {
  const pool = await ground({ maxOutputs: 2 })
  const amounts = [100_000n, 200_000n, 300_000n]
  const addresses = await pool.owe(...amounts)
  await pool.pay()
  await pool.bury()
  await pool.expectPaid(addresses, amounts)
})

test('a higher fee replaces the transaction, and the books follow the one that confirms', async () => {
  const pool = await ground()
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const first = await pool.expectState('broadcast')
  await requestBump(own().db, first.id, 'ann', pool.nowMs)
  await pool.run()
  const second = await pool.expectState('broadcast')
  expect(second.versions).toBe(2)
  expect(second.feeSats! > first.feeSats!).toBe(true)
  expect(await pool.node<string[]>('getrawmempool')).toEqual([second.txid])
  await pool.bury()
  expect(await pool.expectState('settled')).toMatchObject({ txid: second.txid, feeSats: second.feeSats })
  await pool.expectPaid(addresses, [300_000n])
})

test('where an earlier version confirms after all, the books have its fee', async () => {
  const pool = await ground()
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const first = await pool.expectState('broadcast')
  await requestBump(own().db, first.id, 'ann', pool.nowMs)
  await pool.run()
  const batch = (await readBatch(own().db.pool, first.id))!
  const raw = Buffer.from(batch.versions[0]!.signed!.raw).toString('hex')
  await pool.node('generateblock', [await pool.stranger(), [raw]])
  await pool.mine(2)
  await pool.run()
  await pool.run()
  expect(await pool.expectState('settled')).toMatchObject({ txid: first.txid, feeSats: first.feeSats })
  await pool.expectPaid(addresses, [300_000n])
})

test('what waits too long for a block is stuck, and gets a higher fee when fees are higher', async () => {
  const pool = await ground({ bumpAfterMs: 60_000, maxFeeRate: 5 })
  await pool.owe(300_000n)
  // What a regtest node would say depends on its few blocks.
  pool.wallet.estimateFeeRate = () => Promise.resolve(1)
  await pool.pay()
  pool.nowMs += 60_000
  await pool.run()
  expect(await pool.expectState('broadcast')).toMatchObject({ versions: 1 })
  pool.wallet.estimateFeeRate = () => Promise.resolve(3)
  await pool.run()
  expect(await pool.expectState('broadcast')).toMatchObject({ versions: 2 })
  pool.nowMs += 60_000
  pool.wallet.estimateFeeRate = () => Promise.resolve(50)
  await pool.run()
  expect(await pool.expectState('broadcast')).toMatchObject({ versions: 3 })
  pool.nowMs += 60_000
  await pool.run()
  const stuck = await pool.expectState('broadcast', 'fee-too-low')
  expect(stuck.problem!.detail).toMatch(/^its fee is 5 satoshis a virtual byte/)
})

test('above an amount an operator has to agree, and while payouts are paused nothing leaves', async () => {
  const pool = await ground({ approvalAboveSats: 400_000n })
  const addresses = await pool.owe(500_000n)
  await pool.pay()
  const waiting = await pool.expectState('planned')
  expect(waiting.awaitsApproval).toBe(true)
  await pausePayouts(own().db, 'ann', 'audit', pool.nowMs)
  await approveBatch(own().db, waiting.id, 'ann', pool.nowMs)
  await pool.run()
  await pool.expectState('planned')
  await resumePayouts(own().db, 'ann', pool.nowMs)
  await pool.run()
  await pool.bury()
  await pool.expectPaid(addresses, [500_000n])
})

test('a day has its limit: who waits longest is paid, the others the next day', async () => {
  const pool = await ground({ dailyLimitSats: 500_000n })
  pool.nowMs += 86_400_001
  const first = await pool.owe(300_000n)
  pool.nowMs += 1_000
  const second = await pool.owe(300_000n)
  await pool.pay()
  expect(await pool.latest()).toMatchObject({ totalSats: 300_000n })
  pool.nowMs += 86_400_001
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([...first, ...second], [300_000n, 300_000n])
})

test('the wallet is held against the books, whatever is on its way, and coins that are missing are named', async () => {
  const pool = await ground()
  const { db } = own()
  const compared = () => compareWallet(db, pool.wallet)
  await db.pool.query('DELETE FROM pool_script')
  const address = await pool.newAddress()
  const addPoolScript = (of: string) =>
    db.prisma.poolScript.create({
      data: { script: Buffer.from(scriptOf(of)), address: of, firstUsedAt: new Date() },
    })
  await addPoolScript(address)
  const before = (await compared())!
  // What it has over the books of earlier tests.
  const surplusSats = before.walletSats - before.booksSats
  await pool.owe(300_000n)
  await pool.pay()
  for (const blocks of [1, 2, 0]) {
    const now = (await compared())!
    expect(walletProblem(now, pool.nowMs)).toBeUndefined()
    expect(now.walletSats + now.onTheirWaySats - now.booksSats).toBe(surplusSats - 300_000n)
    if (blocks > 0) await pool.mine(blocks)
    await pool.run()
  }
  await pool.expectState('settled')
  await pool.funds('sendtoaddress', [await pool.stranger(), 24])
  const short = walletProblem({ ...(await compared())!, booksSats: 2_400_000_000n }, pool.nowMs)
  expect(short).toMatchObject({ code: 'wallet-short', subject: 'asset:wallet' })
  await addPoolScript(await pool.stranger())
  expect(await compared()).toBeUndefined()
})
