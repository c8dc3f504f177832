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
  const again = await command('check', '--new')
  expect(again).toMatchObject({ code: 0, error: '' })
  expect(again.output).toMatch(
    /\nchecked is what is new behind transaction 0, the end of the check of \S+Z\nNothing is wrong\.\n$/,
  )
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

test('a correction is shown, tried, posted, told and taken back', async () => {
  const { db } = own()
  const address = 'bcrt1qanother'
  await db.prisma.miner.create({ data: { address, firstSeenAt: new Date() } })
  const by = ['--author', 'Ana', '--reason', 'outage of 3 May']
  const correct = ['correct', ...by, 'equity:operator=5000', `${address}=-5000`]
  const shown = new RegExp(
    `:${address}:available +-0.00005000 +0.00000000 +-0.00005000 +the pool owes 5,000 sats more\n`,
  )

  const unasked = await command(...correct)
  expect(unasked).toMatchObject({ code: 1, output: expect.stringMatching(shown) as string })
  expect(unasked.error).toContain('Nothing is posted: nobody can be asked here')
  const tried = await command(...correct, '--dry-run')
  expect(tried).toMatchObject({ code: 0, output: expect.stringMatching(/nothing is posted\.\n$/) as string })
  expect(await db.prisma.ledgerCorrection.count()).toBe(0)

  const posted = await command(...correct, '--yes')
  expect(posted).toMatchObject({ code: 0, error: '' })
  const number = /Posted as transaction (\d+)\.\n$/.exec(posted.output)![1]!
  const taken = await command('reverse', number, '--author', 'Bo', '--reason', 'wrong miner', '--yes')
  expect(taken).toMatchObject({ code: 0, error: '' })
  const { output } = await command('history', address)
  expect(output).toMatch(
    new RegExp(`${number} +correction +-0.00005000 +-0.00005000 +Ana: outage of 3 May\n`),
  )
  expect(output).toMatch(
    new RegExp(`correction +0.00005000 +0.00000000 +takes back ${number}; Bo: wrong miner\n$`),
  )
})

test('a correction that cannot be is refused, and the history of nobody as well', async () => {
  const correct = (...rest: string[]) => command('correct', '--yes', 'equity:operator=5000', ...rest)
  expect(await correct('asset:wallet=-4000', '--author', 'Ana', '--reason', 'why')).toEqual({
    code: 1,
    output: '',
    error: 'The amounts sum to 1000 satoshis, and must sum to 0.\n',
  })
  expect((await correct('asset:wallet=-5000', '--reason', 'why')).error).toContain('The author is missing')
  expect(await command('history', 'bcrt1qnobody')).toMatchObject({
    code: 1,
    error: 'There is no account and no miner bcrt1qnobody.\n',
  })
})
