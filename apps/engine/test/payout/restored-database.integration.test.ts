import { minerAccount, NETWORK_FEE, WALLET } from '@headframe/core/accounting/account'
import { openDatabase, type Database } from '@headframe/db/database'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { migrate } from '@headframe/db/migrate'
import { requestBump } from '@headframe/db/payout/approve-batch'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { listPayoutOverviews } from '@headframe/db/payout/list-overviews'
import { createTestDatabase } from '@headframe/local/testing/services'
import { expect, onTestFinished, test } from 'vitest'
import { ownNode } from '../own-node.js'
import { PayGround } from './pay-ground.js'

const node = ownNode()

interface Restorable {
  readonly pool: PayGround
  /** Copies the database as it is now. */
  readonly backUp: () => Promise<void>
  /** The copy takes its place. */
  readonly restore: () => Promise<void>
}

/** Of a pool with a miner who is owed 300,000 satoshis. */
async function openRestorable(): Promise<Restorable & { readonly address: string }> {
  const open = async (template?: string) => {
    const created = await createTestDatabase(template)
    onTestFinished(() => created.drop())
    return created
  }
  let live = await open()
  let db: Database = openDatabase({ url: live.url })
  onTestFinished(() => db.close())
  await migrate(db.pool)
  const pool = await PayGround.open(db, node().url)
  const [address] = await pool.owe(300_000n)
  let backup: typeof live
  const use = (url: string): void => {
    db = openDatabase({ url })
    pool.db = db
  }
  return {
    pool,
    address: address!,
    async backUp() {
      await db.close()
      backup = await open(live.name)
      use(live.url)
    },
    async restore() {
      await db.close()
      live = backup
      use(live.url)
    },
  }
}

const declare = ({ db, nowMs }: PayGround, txid: string): Promise<void> =>
  declareSends(db, [txid], 'the payout that the backup does not have', { author: 'ann', atMs: nowMs })

/** What the lost payout has done, by hand. */
async function book({ db, nowMs }: PayGround, address: string, sats: bigint, feeSats: bigint): Promise<void> {
  const postings = [
    { account: minerAccount(address, 'available'), amountSats: sats },
    { account: NETWORK_FEE, amountSats: feeSats },
    { account: WALLET, amountSats: -sats - feeSats },
  ]
  const correction = { author: 'ann', reason: 'paid before the restore', postings }
  await postCorrection(db, correction, { nowMs, isDryRun: false })
}

test('a database from before a payout: nothing is paid until somebody has put the books right', async () => {
  const { pool, address, backUp, restore } = await openRestorable()
  const { options } = pool
  pool.options = { ...options, thresholdSats: 1_000_000n }
  await pool.run()
  await pool.expectProblem(undefined)
  pool.options = options
  await backUp()
  await pool.pay()
  const { txid, feeSats } = await pool.expectState('broadcast')
  await restore()
  for (const blocks of [0, 1, 5]) {
    await pool.mine(blocks)
    await pool.pay()
    expect(await pool.expectProblem('unknown-send')).toContain(`the wallet has sent ${txid}, which`)
    expect(await listPayoutOverviews(pool.db.pool, undefined, 9)).toEqual([])
  }
  await book(pool, address, 300_000n, feeSats!)
  await declare(pool, txid!)
  await pool.pay()
  await pool.expectProblem(undefined)
  await pool.expectPaid([address], [300_000n])
  // And whoever is owed something since is paid.
  const later = await pool.owe(200_000n)
  await pool.pay()
  await pool.bury()
  await pool.expectPaid([address, ...later], [300_000n, 200_000n])
})

test('one from before the wallet was ever looked at is no other, and one from behind the payout is none', async () => {
  const { pool, address, backUp, restore } = await openRestorable()
  await backUp()
  await pool.pay()
  await restore()
  await pool.pay()
  await pool.expectProblem('unknown-send')
  expect(await pool.paidTo(address)).toBe(0n)
  const after = await openRestorable()
  await after.pool.pay()
  await after.backUp()
  await after.pool.bury()
  await after.restore()
  await after.pool.pay()
  await after.pool.expectProblem(undefined)
  await after.pool.run()
  await after.pool.expectState('settled')
  await after.pool.expectPaid([after.address], [300_000n])
})

test('one from before a fee was raised: the payout that was given up for it is not made again', async () => {
  const { pool, address, backUp, restore } = await openRestorable()
  await pool.pay()
  const { id } = await pool.expectState('broadcast')
  await backUp()
  await requestBump(pool.db, id, 'ann', pool.nowMs)
  await pool.run()
  const second = await pool.expectState('broadcast')
  expect(second.versions).toBe(2)
  await restore()
  for (let round = 0; round < 5; round++) {
    await pool.mine(1)
    await pool.pay()
    expect(await pool.expectProblem('unknown-send')).toContain(second.txid)
  }
  // No version that this database knows can confirm any more: it owes again what was paid, and does not pay it.
  expect(await listPayoutOverviews(pool.db.pool, undefined, 9)).toMatchObject([{ id, state: 'cancelled' }])
  await book(pool, address, 300_000n, second.feeSats!)
  await declare(pool, second.txid!)
  await pool.pay()
  await pool.expectProblem(undefined)
  await pool.expectPaid([address], [300_000n])
})

test("an operator's own transaction stops payouts until it is declared, and not at all when that was before", async () => {
  const { pool, address } = await openRestorable()
  const first = await pool.funds<string>('sendtoaddress', [await pool.stranger(), 1])
  await pool.pay()
  expect(await pool.expectProblem('unknown-send')).toContain(first)
  await declare(pool, first)
  await pool.run()
  await pool.expectProblem(undefined)
  await pool.bury()
  await pool.expectPaid([address], [300_000n])
  const { psbt } = await pool.funds<{ psbt: string }>('walletcreatefundedpsbt', [
    [],
    [{ [await pool.stranger()]: 1 }],
  ])
  const { hex } = await pool.funds<{ hex: string }>('walletprocesspsbt', [psbt])
  const { txid } = await pool.node<{ txid: string }>('decoderawtransaction', [hex])
  await declare(pool, txid)
  await pool.node('sendrawtransaction', [hex])
  await pool.pay()
  await pool.expectProblem(undefined)
})
