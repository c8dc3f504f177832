import { expect } from 'vitest'
import { COINBASE_IMMATURE, WALLET } from '@headframe/core/accounting/account'
import type { Database } from '../../src/database.js'
import { checkLedger, checkOnward } from '../../src/ledger/check-ledger.js'
import { readBalances } from '../../src/ledger/read-balances.js'
import type { LedgerModel, ModelBlock } from './ledger-model.js'

interface Entry {
  readonly transactionId: bigint
  readonly kind: string
  readonly blockHash: string | null
  readonly occurrence: number
  readonly account: string
  readonly amountSats: bigint
}

/** The laws of the ledger, from its bare entries and without any of the queries that check it in production. */
export async function expectLaws(db: Database, model: LedgerModel): Promise<void> {
  const entries = await readEntries(db)
  const balances = sumBy(entries, ({ account }) => account)
  expect(
    sumBy(entries, ({ transactionId }) => transactionId),
    'each transaction sums to 0',
  ).toEqual(new Map())
  expect(
    [...balances.values()].reduce((sum, sats) => sum + sats, 0n),
    'all accounts sum to 0',
  ).toBe(0n)
  for (const [account, sats] of balances) {
    if (account.startsWith('liability:miner:')) expect(sats, `${account} is owed`).toBeLessThan(0n)
  }
  expect(balances, 'balances are what the blocks come to').toEqual(model.balances())
  const kept = [...(await readBalances(db.pool))].filter(([, sats]) => sats !== 0n)
  expect(new Map(kept), 'balances kept are those rebuilt').toEqual(balances)
  expectUnique(entries)
  for (const block of model.blocks) expectBooked(entries, block)
  expect(await checkLedger(db.pool), 'the check agrees').toEqual([])
  const onward = await checkOnward(db.pool, { isWhole: false, nowMs: 0 })
  expect(onward.problems, 'and the one of what is new since the last time').toEqual([])
}

/** Everything that booking writes, to be compared with itself. */
export async function stateOf(db: Database): Promise<unknown> {
  const tables = [
    'ledger_account',
    'ledger_transaction',
    'ledger_entry',
    'ledger_total',
    'ledger_correction',
    'settlement',
    'earning',
    'block',
  ]
  const { rows } = await db.pool.query(
    tables.map((table) => `SELECT '${table}' AS name, t::text AS row FROM ${table} t`).join(' UNION ALL ') +
      ' ORDER BY 1, 2',
  )
  return rows
}

function expectUnique(entries: readonly Entry[]): void {
  const keys = entries
    .filter(({ blockHash }) => blockHash !== null)
    .map(({ blockHash, kind, occurrence, account }) => [blockHash, kind, occurrence, account].join(' '))
  expect(new Set(keys).size, 'a block moves an account once a kind').toBe(keys.length)
}

function expectBooked(entries: readonly Entry[], { hash, booked, split }: ModelBlock): void {
  const of = sumBy(
    entries.filter(({ blockHash }) => blockHash === hash),
    ({ account }) => account,
  )
  if (booked !== 'immature' && booked !== 'mature') {
    expect(of, 'a block that is not on the chain nets to 0 in each account').toEqual(new Map())
    return
  }
  const directSats = split.shares.reduce((sum, share) => sum + share.directSats, 0n)
  const asset = of.get(booked === 'mature' ? WALLET : COINBASE_IMMATURE) ?? 0n
  const others = [...of].reduce(
    (sum, [account, sats]) => (account.startsWith('asset:') ? sum : sum - sats),
    0n,
  )
  expect(others + directSats, 'credits and fee are the value of the coinbase').toBe(
    split.rewardSats + split.feeSats,
  )
  expect(asset, 'and the asset is what it paid the pool').toBe(others)
}

async function readEntries(db: Database): Promise<Entry[]> {
  const rows = await db.prisma.ledgerEntry.findMany({ include: { transaction: true, account: true } })
  return rows.map(({ transactionId, amountSats, transaction, account }) => ({
    transactionId,
    kind: transaction.kind,
    blockHash: transaction.blockHash,
    occurrence: transaction.occurrence,
    account: account.name,
    amountSats,
  }))
}

/** Sums that are not 0. */
function sumBy<K>(entries: readonly Entry[], keyOf: (entry: Entry) => K): Map<K, bigint> {
  const sums = new Map<K, bigint>()
  for (const entry of entries) sums.set(keyOf(entry), (sums.get(keyOf(entry)) ?? 0n) + entry.amountSats)
  return new Map([...sums].filter(([, sats]) => sats !== 0n))
}
