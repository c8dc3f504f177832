import { FEE_INCOME, minerAccount } from '@headframe/core/accounting/account'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { findMiner } from '@headframe/db/miner/find-miner'
import { readBalance } from '@headframe/db/miner/read-balance'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import { reopenBatch } from '@headframe/db/payout/reopen-batch'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { statementOf } from '../../src/server/statement'
import { payOut, txidOf } from '../support/pay-out'
import { NEWCOMER, openTestApi, STEADY, type TestApi } from '../support/test-api'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

async function readStatement(address: string): Promise<{ minerId: number; rows: string[][] }> {
  const { minerId } = (await findMiner(api.database.pool, address))!
  let text = ''
  for await (const part of statementOf(api.database, minerId)) text += part
  expect(text.endsWith('\r\n')).toBe(true)
  const [headings, ...rows] = text
    .slice(0, -2)
    .split('\r\n')
    .map((line) => line.split(','))
  expect(headings).toEqual([
    'time_utc',
    'kind',
    'block_height',
    'block_hash',
    'amount_sats',
    'owed_immature_sats',
    'owed_available_sats',
    'owed_locked_sats',
    'reason',
    'txid',
    'sent_sats',
  ])
  return { minerId, rows }
}

it('ends with the balance that the ledger has, and each line is the sum of those before it', async () => {
  for (const address of [STEADY, NEWCOMER]) {
    const { minerId, rows } = await readStatement(address)
    const { immatureSats, availableSats, lockedSats } = await readBalance(api.database.pool, minerId)
    expect(rows.at(-1)?.slice(5, 8).map(BigInt)).toEqual([immatureSats, availableSats, lockedSats])
    let sum = 0n
    for (const row of rows) {
      sum += BigInt(row[4]!)
      expect(row.slice(5, 8).reduce((owed, sats) => owed + BigInt(sats), 0n)).toBe(sum)
      expect(row[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(api.hashes).toContain(row[3])
    }
  }
})

it('has a line for each time that the ledger changed what a miner is owed, in that order', async () => {
  const { rows } = await readStatement(STEADY)
  expect(new Set(rows.map(([, kind]) => kind))).toContain('block-credit')
  const times = rows.map(([time]) => time!)
  expect(times).toEqual([...times].sort())
  expect(new Set(rows.map((row) => row.join())).size).toBe(rows.length)
})

it('says why a line is a correction, and the page says the same', async () => {
  await postCorrection(
    api.database,
    {
      author: 'Ana',
      reason: '=outage of 3 May',
      postings: [
        { account: FEE_INCOME, amountSats: 700n },
        { account: minerAccount(NEWCOMER, 'available'), amountSats: -700n },
      ],
    },
    { nowMs: Date.UTC(2026, 4, 4), isDryRun: false },
  )
  const { minerId, rows } = await readStatement(NEWCOMER)
  const line = ['2026-05-04T00:00:00.000Z', 'correction', '', '', '700']
  expect(rows.at(-1)?.slice(0, 5)).toEqual(line)
  expect(rows.at(-1)?.[8]).toBe("'=outage of 3 May")
  const balance = await api.call().miner.balance({ address: NEWCOMER })
  const correction = { reason: '=outage of 3 May', amountSats: 700n, reversesId: undefined }
  expect(balance?.corrections).toEqual([expect.objectContaining(correction)])
  // Nobody was paid by it.
  expect(await readBalance(api.database.pool, minerId)).toMatchObject({ availableSats: 700n, paidSats: 0n })
})

it('names the transaction that has paid him, and comes to what he was sent', async () => {
  const story = { address: STEADY, atMs: Date.UTC(2099, 0, 1), height: 9 }
  const before = (await readStatement(STEADY)).rows.length
  const settled = await payOut(api.database, {
    ...story,
    amountSats: 60_000n,
    sentSats: 59_700n,
    feePayer: 'payees',
    reaches: 'settled',
  })
  const under = { ...story, amountSats: 20_000n, sentSats: 20_000n }
  await payOut(api.database, { ...under, reaches: 'broadcast' })
  const confirmed = await payOut(api.database, { ...under, reaches: 'confirmed' })
  await payOut(api.database, { ...under, reaches: 'cancelled' })

  const { minerId, rows } = await readStatement(STEADY)
  expect(rows.slice(before).map((row) => [row[1], row[4], ...row.slice(9)])).toEqual([
    ['payout-plan', '0', txidOf(settled), ''],
    ['payout-settle', '-60000', txidOf(settled), '59700'],
    ['payout-plan', '0', '', ''],
    ['payout-plan', '0', txidOf(confirmed), ''],
    ['payout-plan', '0', '', ''],
    ['payout-cancel', '0', '', ''],
  ])
  const { immatureSats, availableSats, lockedSats, paidSats } = await readBalance(api.database.pool, minerId)
  expect(rows.at(-1)?.slice(5, 8).map(BigInt)).toEqual([immatureSats, availableSats, lockedSats])
  const changes = rows.reduce((sum, row) => sum + BigInt(row[4]!), 0n)
  expect(changes).toBe(immatureSats + availableSats + lockedSats)
  expect([paidSats, lockedSats]).toEqual([60_000n, 40_000n])

  await leadPayouts(api.database, (lead) => reopenBatch(lead, settled, story.atMs))
  const undone = (await readStatement(STEADY)).rows
  expect(undone.slice(before).map((row) => row.slice(9))).not.toContainEqual([txidOf(settled), ''])
  expect(undone.reduce((sum, row) => sum + BigInt(row[10]!), 0n)).toBe(0n)
})
