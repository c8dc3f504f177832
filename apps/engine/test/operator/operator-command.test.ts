import type { Operator, OperatorFactors } from '@headframe/db/operator/operator'
import { expect, test } from 'vitest'
import { formatOperators, parseOperatorCommand, USAGE } from '../../src/operator/operator-command.js'

const SINCE_MS = Date.UTC(2026, 0, 2, 3, 4, 5)
const parse = (...args: string[]) => parseOperatorCommand(args, 'ann').command

test.each([
  [[], { kind: 'list' }],
  [['list'], { kind: 'list' }],
  [['help'], { kind: 'help' }],
  [['add', 'ada', '-h'], { kind: 'help' }],
  [
    ['add', 'Ada', 'Ada@Pool.example'],
    { kind: 'add', name: 'ada', email: 'ada@pool.example', role: 'viewer' },
  ],
  [['add', 'ada', 'a@b', '--role', 'admin'], { kind: 'add', name: 'ada', email: 'a@b', role: 'admin' }],
  [['reset', 'ada'], { kind: 'reset', name: 'ada' }],
  [['role', 'ada', 'payouts'], { kind: 'role', name: 'ada', role: 'payouts' }],
  [['disable', 'ada'], { kind: 'disable', name: 'ada' }],
  [['enable', 'ada'], { kind: 'enable', name: 'ada' }],
  [['unlock', 'ada'], { kind: 'unlock', name: 'ada' }],
])('%j is understood', (args, command) => {
  expect(parse(...args)).toEqual(command)
})

test.each([
  [['add', 'ada'], '"add ada" is not understood.'],
  [['add', '7', 'a@b'], '"7" is no name'],
  [['add', 'ada', 'nowhere'], '"nowhere" is no e-mail address.'],
  [['add', 'ada', 'a@b', '--role', 'king'], '"king" is no role: viewer, operator, payouts, admin.'],
  [['role', 'ada', 'king'], '"king" is no role'],
  [['reset', 'ada', '--role', 'admin'], '--role is for add.'],
  [['reset'], '"reset" is not understood.'],
  [['list', 'ada'], '"list ada" is not understood.'],
  [['sack', 'ada'], '"sack ada" is not understood.'],
  [['--by', ' '], '--by takes a name'],
  [['--force'], '--force'],
])('%j is told what is wrong with it, and what there is', (args, problem) => {
  const command = parse(...args)
  expect(command).toMatchObject({ kind: 'problem', problem: expect.stringContaining(problem) as string })
  expect(command).toMatchObject({ problem: expect.stringContaining(USAGE) as string })
})

test('whoever says so is the user, or whom --by names', () => {
  expect(parseOperatorCommand(['list'], 'ann').author).toBe('ann')
  expect(parseOperatorCommand(['list', '--by', ' bob '], 'ann').author).toBe('bob')
})

test('operators are listed with what each signs in with', () => {
  expect(formatOperators([])).toContain('There are no operators yet')
  const ada: Operator & OperatorFactors = {
    ...{ id: 1, name: 'ada', email: 'a@b', role: 'admin', createdAtMs: SINCE_MS, disabledAtMs: undefined },
    ...{ passwordHash: 'x', totpSecret: undefined, passkeys: 0 },
  }
  const standing = (changes: Partial<Operator & OperatorFactors>) =>
    formatOperators([{ ...ada, ...changes }])
      .split('\n')[1]
      ?.split(/\s{2,}/)
      .at(-1)
  expect(standing({})).toBe('has not followed his link yet')
  expect(standing({ passwordHash: undefined, passkeys: 1 })).toBe('has not followed his link yet')
  expect(standing({ totpSecret: Buffer.from('x') })).toBe('password, one-time codes')
  expect(standing({ passkeys: 1 })).toBe('password, 1 passkey')
  expect(standing({ totpSecret: Buffer.from('x'), passkeys: 2 })).toBe('password, one-time codes, 2 passkeys')
  expect(standing({ disabledAtMs: SINCE_MS })).toBe('disabled since 2026-01-02T03:04:05Z')
})
