import { expect, test } from 'vitest'
import { formatBalances, formatProblems, parseLedgerCommand } from '../../src/payout/ledger-command.js'

test.each([
  [[], { kind: 'help' }],
  [['--help'], { kind: 'help' }],
  [['check'], { kind: 'check' }],
  [['balances'], { kind: 'balances' }],
])('%j is understood', (args, command) => expect(parseLedgerCommand(args)).toEqual(command))

test.each([[['mend']], [['check', '--all']]])('%j is not', (args) =>
  expect(parseLedgerCommand(args)).toMatchObject({ kind: 'problem' }),
)

test('problems are lines that say since when', () => {
  const problem = { code: 'miner-owes-pool', subject: 'x', detail: 'balance 1', sinceMs: 1_000 }
  expect(formatProblems([problem]).split('\n')).toEqual([
    'SINCE                 WHAT             OF  DETAIL',
    '1970-01-01T00:00:01Z  miner-owes-pool  x   balance 1',
  ])
})

test('balances are in BTC, to the satoshi', () => {
  const balances = new Map([
    ['asset:wallet', 123_456_789n],
    ['equity:fee_income', -1n],
  ])
  expect(formatBalances(balances).split('\n')).toEqual([
    'ACCOUNT            BTC',
    'asset:wallet       1.23456789',
    'equity:fee_income  -0.00000001',
  ])
  expect(formatBalances(new Map())).toBe('The ledger has no accounts yet.')
})
