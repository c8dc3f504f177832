import { recordCandidate } from '@headframe/db/block/record-candidate'
import { postTransaction } from '@headframe/db/ledger/post-transaction'
import { inTransaction } from '@headframe/db/transaction'
import { testServices } from '@headframe/local/testing/services'
import { expect, test } from 'vitest'
import { candidateOf } from '../candidate-of.js'
import { ownDatabase } from '../own-database.js'
import { runCommand } from '../run-command.js'

const HASH = 'a'.repeat(64)

const own = ownDatabase()

const commandOn = (databaseUrl: string, ...args: string[]) =>
  runCommand('ledger', args, {
    redisUrl: testServices().redisUrl,
    environment: { DATABASE_URL: databaseUrl },
  })
const command = (...args: string[]) => commandOn(own().url, ...args)

test('an empty ledger is right, and what cannot be asked is told so', async () => {
  expect(await command('check')).toEqual({
    code: 0,
    output: '0 transactions, 0 entries, 0 accounts; together 0 satoshis\nNothing is wrong.\n',
    error: '',
  })
  expect(await command('balances')).toMatchObject({ code: 0, output: 'The ledger has no accounts yet.\n' })
  expect(await command()).toMatchObject({
    code: 0,
    output: expect.stringContaining('ledger check') as string,
  })
  expect(await command('check', 'all')).toMatchObject({
    code: 1,
    error: expect.stringMatching(/^"check all" is not understood\./) as string,
  })
})

test('a database that is away is named', async () => {
  expect(await commandOn('postgresql://127.0.0.1:1/none', 'check')).toEqual({
    code: 1,
    output: '',
    error: 'The database cannot be asked: connect ECONNREFUSED 127.0.0.1:1; see DATABASE_URL.\n',
  })
})

test('a debt that is none is named, with since when, and ends with 1', async () => {
  const account = 'liability:miner:bcrt1qminer:available'
  const { db } = own()
  await recordCandidate(db, candidateOf({ hash: HASH }))
  await inTransaction(db.pool, (client) =>
    postTransaction(client, {
      kind: 'block-credit',
      of: { blockHash: HASH },
      occurrence: 1,
      postings: [
        { account, amountSats: 7n },
        { account: 'asset:wallet', amountSats: -7n },
      ],
      postedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    }),
  )
  const { code, output, error } = await command('check')
  expect(code).toBe(1)
  expect(error).toContain('The ledger is wrong in 5 places')
  expect(output).toMatch(/^1 transactions, 2 entries, 2 accounts; together 0 satoshis\n/)
  expect(output).toMatch(new RegExp(`2026-01-02T03:04:05Z +miner-owes-pool +${account} +balance 7`))
  expect((await command('balances')).output).toMatch(/asset:wallet +-0\.00000007\n/)
})
