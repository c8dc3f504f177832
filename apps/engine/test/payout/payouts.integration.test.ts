import { minerAccount, NETWORK_FEE, WALLET } from '@headframe/core/accounting/account'
import { approveBatch, requestBump } from '@headframe/db/payout/approve-batch'
import { pausePayouts, resumePayouts } from '@headframe/db/payout/control'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { readBatch } from '@headframe/db/payout/list-batches'
import { setThreshold } from '@headframe/db/payout/set-threshold'
import { afterEach, expect, test } from 'vitest'
import { compareWallet, walletProblem } from '../../src/payout/compare-wallet.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import type { PaymentOptions } from '../../src/payout/payment-options.js'
import { PayGround, scriptOf } from './pay-ground.js'

const DAY_MS = 86_400_000
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

test('who stays below the threshold is paid when he has waited long enough, unless it is below the minimum', async () => {
  const pool = await ground({ maxAgeMs: 30 * DAY_MS })
  const [old, tiny] = await pool.owe(20_000n, 9_999n)
  pool.nowMs += 29 * DAY_MS
  const [young] = await pool.owe(20_000n)
  await pool.pay()
  expect(await pool.balances().then((all) => all.get(minerAccount(old!, 'available')))).toBe(-20_000n)
  pool.nowMs += DAY_MS
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([old!], [20_000n])
  const left = await pool.balances()
  expect([tiny, young].map((who) => left.get(minerAccount(who!, 'available')))).toEqual([-9_999n, -20_000n])
  // What comes after a payout is as old as itself.
  const second = { account: minerAccount(old!, 'available'), amountSats: -30_000n }
  await postCorrection(
    own().db,
    { author: 'ann', reason: 'more', postings: [{ account: WALLET, amountSats: 30_000n }, second] },
    { nowMs: pool.nowMs, isDryRun: false },
  )
  pool.nowMs += 29 * DAY_MS
  await pool.pay()
  await pool.bury()
  expect(await pool.paidTo(old!)).toBe(20_000n)
  expect(await pool.paidTo(young!)).toBe(20_000n)
})

test("a miner's own threshold goes before the pool's, both ways, until it is taken back", async () => {
  const pool = await ground()
  const [patient, eager, other] = await pool.owe(150_000n, 20_000n, 20_000n)
  const by = { author: 'ann', atMs: pool.nowMs }
  expect(await setThreshold(own().db, patient!, 200_000n, by)).toBe(true)
  expect(await setThreshold(own().db, eager!, 15_000n, by)).toBe(true)
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([eager!], [20_000n])
  expect(await pool.paidTo(patient!)).toBe(0n)
  await setThreshold(own().db, patient!, undefined, by)
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([patient!], [150_000n])
  expect(await pool.paidTo(other!)).toBe(0n)
})

test('a debt that shrinks while it is planned: nothing is planned, said without an alarm, and the next run does', async () => {
  const pool = await ground()
  const [address] = await pool.owe(300_000n)
  const before = await pool.latest()
  await pool.pay((store) => ({
    ...store,
    async due() {
      const due = await store.due(Date.now())
      await pool.forgive(address!, 100_000n)
      return due
    },
  }))
  expect((await pool.latest()).id).toBe(before.id)
  await pool.expectProblem(undefined)
  await pool.run()
  expect(await pool.latest()).toMatchObject({ state: 'broadcast', totalSats: 200_000n })
  await pool.bury()
  await pool.expectPaid([address!], [200_000n])
})
