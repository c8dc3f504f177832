import { expect, test } from 'vitest'
import {
  formatAnswer,
  formatControl,
  formatPayout,
  formatPayouts,
  parsePayoutCommand,
} from '../../src/payout/payout-command.js'

const SINCE_MS = Date.UTC(2026, 0, 2, 3, 4, 5)
const [TXID, OTHER] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string]
const parse = (...args: string[]) => parsePayoutCommand(args, 'ann').command

test.each([
  [[], { kind: 'list' }],
  [['show', '7'], { kind: 'show', id: 7n }],
  [['approve', '7'], { kind: 'approve', id: 7n }],
  [['bump', '7'], { kind: 'bump', id: 7n }],
  [['cancel', '7'], { kind: 'cancel', id: 7n, isNeverSigned: false }],
  [['cancel', '7', '--never-signed'], { kind: 'cancel', id: 7n, isNeverSigned: true }],
  [['export', '7'], { kind: 'export', id: 7n }],
  [['import', '7', '-'], { kind: 'import', id: 7n, file: '-' }],
  [['retry'], { kind: 'retry', id: undefined }],
  [['retry', '7'], { kind: 'retry', id: 7n }],
  [['reconcile'], { kind: 'reconcile' }],
  [['approval-above', '0.5'], { kind: 'approval-above', sats: 50_000_000n }],
  [['approval-above', 'setting'], { kind: 'approval-above', sats: undefined }],
  [['plan'], { kind: 'plan' }],
  [['pause', 'an', 'audit'], { kind: 'pause', reason: 'an audit' }],
  [['resume'], { kind: 'resume' }],
  [['threshold', 'bc1q', '0.05'], { kind: 'threshold', address: 'bc1q', sats: 5_000_000n }],
  [['threshold', 'bc1q', 'pool'], { kind: 'threshold', address: 'bc1q', sats: undefined }],
  [['declare', TXID, 'own', 'coins'], { kind: 'declare', txids: [TXID], reason: 'own coins' }],
  [['declare', TXID, OTHER, 'own'], { kind: 'declare', txids: [TXID, OTHER], reason: 'own' }],
  [['help'], { kind: 'help' }],
  [['show', '7', '-h'], { kind: 'help' }],
])('%j is understood', (args, command) => {
  expect(parse(...args)).toEqual(command)
})

test.each([
  [['show'], '"show" is not understood'],
  [['show', 'x'], '"x" is no number of a payout'],
  [['approve', '1', '2'], '"approve 1 2" is not understood'],
  [['retry', '1', '2'], '"retry 1 2" is not understood'],
  [['approval-above', 'all'], 'all'],
  [['import', '1'], '"import 1" is not understood'],
  [['pause'], 'pause takes a reason'],
  [['threshold', 'bc1q', '-1'], '-1'],
  [['threshold', 'bc1q', '0'], 'A threshold is more than nothing'],
  [['declare'], 'declare takes a reason'],
  [['declare', TXID], 'declare takes a reason'],
  [['declare', 'own', 'coins'], '"own" is not the id of a transaction'],
  [['pay', 'everybody'], '"pay everybody" is not understood'],
  [['list', '--all'], '--all'],
  [['list', '--by', ' '], '--by takes a name'],
])('%j is refused with the usage', (args, problem) => {
  const command = parse(...args)
  expect(command).toMatchObject({ kind: 'problem' })
  expect((command as { problem: string }).problem).toContain(problem)
  expect((command as { problem: string }).problem).toContain('payouts approve ID')
})

test('whoever says so is the user, or who is named', () => {
  expect(parsePayoutCommand(['resume'], 'ann').author).toBe('ann')
  expect(parsePayoutCommand(['resume', '--by', 'Bob B'], 'ann').author).toBe('Bob B')
})

const PAYOUT = {
  id: 7n,
  state: 'planned',
  createdAtMs: SINCE_MS,
  miners: 2,
  totalSats: 150_000n,
  feeSats: 300n,
  txid: 'ab',
  isSent: false,
  height: undefined,
  versions: 1,
  awaitsApproval: false,
  approvedBy: undefined,
  problem: undefined,
} as const

test('what does not go on says so, and since when', () => {
  const problem = { problem: 'wallet-locked', detail: 'unlock it', sinceMs: SINCE_MS }
  expect(formatControl({ paused: undefined, plannedAtMs: undefined, problem: undefined })).toBe(
    'Nothing was planned yet.',
  )
  expect(
    formatControl({
      paused: { by: 'ann', reason: 'audit', sinceMs: SINCE_MS },
      plannedAtMs: SINCE_MS,
      problem,
    }),
  ).toBe(
    [
      'Paused by ann since 2026-01-02T03:04:05Z: audit',
      'Nothing goes on since 2026-01-02T03:04:05Z (wallet-locked): unlock it',
      'Planned last at 2026-01-02T03:04:05Z.',
    ].join('\n'),
  )
  expect(formatPayouts([])).toBe('There are no payouts yet.')
  expect(formatPayouts([{ ...PAYOUT, problem }])).toContain(
    'wallet-locked since 2026-01-02T03:04:05Z: unlock it',
  )
  expect(formatPayouts([{ ...PAYOUT, awaitsApproval: true }])).toMatch(
    /^7 +2026-01-02T03:04:05Z +planned +2 +0\.00150000 +0\.00000300 +ab +awaits approval$/m,
  )
})

test('one is told whole', () => {
  const batch = {
    id: 7n,
    state: 'planned',
    feePayer: 'pool',
    totalSats: 150_000n,
    createdAtMs: SINCE_MS,
    awaitsApproval: false,
    bumpRequested: false,
    items: [{ address: 'bc1q', script: new Uint8Array(), amountSats: 150_000n }],
    versions: [],
    place: undefined,
  } as const
  const events = [{ batchId: 7n, atMs: SINCE_MS, what: 'planned', detail: undefined, author: 'ann' }]
  const text = formatPayout(PAYOUT, batch, events)
  expect(text).toMatch(/^bc1q +0\.00150000$/m)
  expect(text).toContain('No transaction yet.')
  expect(text).toMatch(/^2026-01-02T03:04:05Z +planned +ann$/m)
})

test('an answer is told with what the wallet has, and what to do about each thing that differs', () => {
  const finding = { subject: 'asset:wallet', differs: '1.00000000 BTC are missing', toDo: 'Pause payouts.' }
  const amounts = { walletSats: 100_000_000n, booksSats: 200_000_000n, onTheirWaySats: 0n }
  const reconciliation = { ...amounts, isWhole: true, findings: [finding], findingCount: 3 }
  const head = 'the wallet has 1.00000000 BTC and 0.00000000 on their way; the books have 2.00000000'
  expect(formatAnswer({ text: '3 things differ.', reconciliation })).toBe(
    `${head}\n\n3 things differ.\n\nasset:wallet: 1.00000000 BTC are missing.\n  Pause payouts.\n\nand 2 more`,
  )
  expect(formatAnswer({ text: 'Payout 7 is broadcast.' })).toBe('Payout 7 is broadcast.')
  const partial = { ...reconciliation, isWhole: false }
  expect(formatAnswer({ text: '3 things differ.', reconciliation: partial })).toContain('cannot be compared')
})
