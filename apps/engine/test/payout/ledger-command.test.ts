import { expect, test } from 'vitest'
import { formatBalances, formatProblems } from '../../src/payout/format-ledger.js'
import { parseLedgerCommand } from '../../src/payout/ledger-command.js'

test.each([
  [[], { kind: 'help' }],
  [['--help'], { kind: 'help' }],
  [['check'], { kind: 'check', isWhole: true }],
  [['check', '--new'], { kind: 'check', isWhole: false }],
  [['balances'], { kind: 'balances' }],
  [['history', 'asset:wallet'], { kind: 'history', who: 'asset:wallet', lines: 50 }],
  [['history', '--last', '3', 'bc1q'], { kind: 'history', who: 'bc1q', lines: 3 }],
  [
    ['correct', '--author', 'Ana', '--reason', 'why', 'equity:fee_income=+5', 'bc1q=-5', '--dry-run'],
    {
      kind: 'correct',
      author: 'Ana',
      reason: 'why',
      isDryRun: true,
      isSure: false,
      postings: [
        { account: 'equity:fee_income', amountSats: 5n },
        { account: 'liability:miner:bc1q:available', amountSats: -5n },
      ],
    },
  ],
  [
    ['reverse', '7', '--author', 'Ana', '--reason', 'why', '--yes'],
    { kind: 'reverse', author: 'Ana', reason: 'why', isDryRun: false, isSure: true, transactionId: 7n },
  ],
])('%j is understood', (args, command) => expect(parseLedgerCommand(args)).toEqual(command))

test.each([
  [['mend'], '"mend" is not understood'],
  [['check', '--all'], '"check --all" is not understood'],
  [['history'], 'Whose history?'],
  [['history', 'a', 'b'], 'Whose history?'],
  [['history', 'a', '--last', '0'], 'from 1 to 10000'],
  [['history', 'a', '--last', 'ten'], '"ten" is not a number of lines'],
  [['correct', 'a=1', 'b'], '"b" is not of the form ACCOUNT=SATS'],
  [['correct', 'a=1.5', 'b=-1.5'], '"a=1.5" is not of the form'],
  [['correct', '--sure', 'a=1', 'b=-1'], '--sure'],
  [['reverse'], 'Which transaction?'],
  [['reverse', 'a'], '"a" is not the number of a transaction'],
])('%j is not', (args, problem) =>
  expect(parseLedgerCommand(args)).toEqual({
    kind: 'problem',
    problem: expect.stringContaining(problem) as string,
  }),
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
