import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { parseTransaction } from '@headframe/core/chain/transaction'
import { requestPayoutAddress } from '@headframe/db/account/payout-address'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { listUnstatedPayouts } from '@headframe/db/public-log/list-unstated-payouts'
import { expect, test } from 'vitest'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import { PayGround, scriptOf } from './pay-ground.js'

const DELAY_MS = 72 * 3_600_000
const DEPTH = 100

const own = ownDatabase()
const node = ownNode()

test('a miner who wants to be paid elsewhere: at his own address until the delay has passed, there from then on, and his word for it is published', async () => {
  const { db } = own()
  const pool = await PayGround.open(db, node().url)
  const [address, neighbour] = (await pool.owe(300_000n, 150_000n)) as [string, string]
  const other = await pool.stranger()
  await wantsToBePaidAt(pool, address, other)

  await pool.pay()
  await pool.bury()
  expect([await pool.paidTo(address), await pool.paidTo(other), await pool.paidTo(neighbour)]).toEqual([
    300_000n,
    0n,
    150_000n,
  ])
  await oweMore(pool, address, 400_000n)
  pool.nowMs += DELAY_MS - 1
  await pool.pay()
  await pool.bury()
  expect([await pool.paidTo(address), await pool.paidTo(other)]).toEqual([700_000n, 0n])
  await oweMore(pool, address, 500_000n)
  await oweMore(pool, neighbour, 110_000n)
  pool.nowMs += 1
  await pool.pay()
  await pool.bury()
  expect([await pool.paidTo(address), await pool.paidTo(other)]).toEqual([700_000n, 500_000n])
  // The debt that was paid there is his.
  await pool.expectPaid([address], [700_000n])

  const [hash] = (await pool.mine(DEPTH)).slice(-1)
  await saveChainTip(db.pool, hash!, await pool.node<number>('getblockcount'), pool.nowMs)
  const stated = await listUnstatedPayouts(db.pool, DEPTH, 10)
  const paidTo = { address: other, message: 'pay me there', signature: 'signed by the miner' }
  const itemsOf = (at: number) =>
    stated[at]!.items.map(({ address: payee, sentSats, paidTo: place }) => ({ payee, sentSats, place }))
  const byAddress = <Item extends { readonly payee: string }>(...items: readonly Item[]) =>
    [...items].sort((a, b) => (a.payee < b.payee ? -1 : 1))
  expect(itemsOf(0)).toEqual(
    byAddress(
      { payee: address, sentSats: 300_000n, place: undefined },
      { payee: neighbour, sentSats: 150_000n, place: undefined },
    ),
  )
  expect(itemsOf(1)).toEqual([{ payee: address, sentSats: 400_000n, place: undefined }])
  expect(itemsOf(2)).toEqual(
    byAddress(
      { payee: address, sentSats: 500_000n, place: paidTo },
      { payee: neighbour, sentSats: 110_000n, place: undefined },
    ),
  )
  expect(parseTransaction(stated[2]!.raw).outputs).toContainEqual({
    script: scriptOf(other),
    valueSats: 500_000n,
  })
  // Less deep than that nothing is stated.
  expect(await listUnstatedPayouts(db.pool, DEPTH + pool.options.confirmations, 10)).toHaveLength(2)
})

test('who goes back to his own address is paid there, and nothing is said of another', async () => {
  const { db } = own()
  const pool = await PayGround.open(db, node().url)
  const [address] = (await pool.owe(300_000n)) as [string]
  await wantsToBePaidAt(pool, address, await pool.stranger())
  pool.nowMs += DELAY_MS
  await wantsToBePaidAt(pool, address, address)
  pool.nowMs += DELAY_MS
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([address], [300_000n])
  await saveChainTip(
    db.pool,
    await pool.node<string>('getbestblockhash'),
    await pool.node<number>('getblockcount'),
    pool.nowMs,
  )
  const stated = await listUnstatedPayouts(db.pool, 0, 10)
  expect(stated.at(-1)!.items).toEqual([
    { address, amountSats: 300_000n, sentSats: 300_000n, paidTo: undefined },
  ])
})

/** As his account asks for it, once his signature was judged. */
async function wantsToBePaidAt(pool: PayGround, address: string, other: string): Promise<void> {
  const { id } = await pool.db.prisma.miner.findUniqueOrThrow({ where: { address } })
  const request = {
    address: other,
    script: scriptOf(other),
    message: 'pay me there',
    signature: 'signed by the miner',
    proofHash: new TextEncoder().encode(`${address} to ${other}`),
  }
  const by = { author: 'miner', atMs: pool.nowMs }
  expect(await requestPayoutAddress(pool.db, id, request, pool.nowMs + DELAY_MS, by)).toBe(true)
}

async function oweMore(pool: PayGround, address: string, amountSats: bigint): Promise<void> {
  const postings = [
    { account: WALLET, amountSats },
    { account: minerAccount(address, 'available'), amountSats: -amountSats },
  ]
  const debt = { author: 'ann', reason: 'more', postings }
  await postCorrection(pool.db, debt, { nowMs: pool.nowMs, isDryRun: false })
}
