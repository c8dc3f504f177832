import { expect, test } from 'vitest'
import { formatComparisons, parseReplayCommand } from '../../src/rebuild/replay-command.js'

test.each([
  [[], { kind: 'compare', into: undefined, journal: undefined }],
  [['--into', 'postgresql://x', '--journal', 'y'], { kind: 'compare', into: 'postgresql://x', journal: 'y' }],
  [['rollups'], { kind: 'rollups' }],
  [['--help'], { kind: 'help' }],
])('%j is understood', (args, command) => expect(parseReplayCommand(args)).toEqual(command))

test.each([[['blocks']], [['rollups', '--into', 'x']], [['--onto', 'x']], [['rollups', 'now']]])(
  '%j is not',
  (args) => expect(parseReplayCommand(args)).toMatchObject({ kind: 'problem' }),
)

test('the first difference is shown whole, also where one side has no more rows', () => {
  const side = { rows: 1, digest: 'ab'.repeat(32) }
  const text = formatComparisons([
    { what: 'blocks', live: side, rebuilt: side, firstDifference: undefined },
    {
      what: 'earnings',
      live: { ...side, rows: 2 },
      rebuilt: side,
      firstDifference: { row: 2, live: '(a)', rebuilt: undefined },
    },
  ])
  expect(text.split('\n')).toEqual([
    'WHAT      ROWS  REBUILT  SHA-256           OF REBUILT',
    'blocks    1     1        abababababababab  abababababababab  the same',
    'earnings  2     1        abababababababab  abababababababab  DIFFERS',
    '',
    'earnings, row 2:',
    '  live     (a)',
    '  rebuilt  none',
  ])
})
