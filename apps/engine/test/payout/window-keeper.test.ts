import type { SharePosition } from '@headframe/db/window/share-position'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { WindowKeeper } from '../../src/payout/window-keeper.js'
import { until } from '../until.js'

const [ANNA, BERT] = [
  'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080',
  'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
] as const
const MAX_AGE_MS = 1_000
const terms = { feeBasisPoints: 100, finderBonusBasisPoints: 0, pplnsWindow: 4 }

/** A journal that can be away, and a clock that is set. */
function openKeeper() {
  const journal = {
    end: undefined as SharePosition | undefined,
    scores: new Map<string, bigint>(),
    problem: undefined as Error | undefined,
    reads: 0,
    looks: 0,
  }
  const clock = { ms: 0 }
  const lines: { msg: string; reason?: string }[] = []
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  )
  const keeper = new WindowKeeper(
    { network: 'regtest', terms, restScript: new Uint8Array(22), maxAgeMs: MAX_AGE_MS, refreshMs: 1 },
    {
      journal: {
        readEnd: () => {
          journal.looks++
          return journal.problem === undefined
            ? Promise.resolve(journal.end)
            : Promise.reject(journal.problem)
        },
        readWindow: () => {
          journal.reads++
          return Promise.resolve({ scores: journal.scores })
        },
        close: () => Promise.resolve(),
      },
      log,
      monotonicMs: () => clock.ms,
    },
  )
  onTestFinished(() => keeper.close())
  const afterALook = async (): Promise<void> => {
    // The one under way may have begun before.
    const { looks } = journal
    await until(() => journal.looks >= looks + 2)
  }
  return { keeper, journal, clock, lines, afterALook }
}

test('the window is read when shares have come, and not again while none has', async () => {
  const { keeper, journal, afterALook } = openKeeper()
  await keeper.start()
  expect(keeper.current()).toBeUndefined()
  expect(keeper.status()).toEqual({ state: 'custodial', message: 'there are no shares yet' })
  journal.end = { position: 1n, index: 2 }
  journal.scores = new Map([[ANNA, 3n]])
  await until(() => keeper.current() !== undefined)
  await afterALook()
  expect(journal.reads).toBe(1)
  expect(keeper.current()).toMatchObject({ window: { endPosition: 1n, endIndex: 2, ...terms }, total: 3n })
  journal.end = { position: 2n, index: 1 }
  journal.scores = new Map([
    [ANNA, 3n],
    [BERT, 5n],
  ])
  await until(() => keeper.current()?.total === 8n)
  // The largest first, each with the sums of the order of addresses.
  expect(
    keeper.current()?.payees.map(({ prefixBefore, prefixAfter }) => [prefixBefore, prefixAfter]),
  ).toEqual([
    [3n, 8n],
    [0n, 3n],
  ])
  expect(keeper.status()).toMatchObject({ state: 'paying', minerCount: 2 })
})

test('while the database is away the last window pays, until it is too old, and each change is told once', async () => {
  const { keeper, journal, clock, lines, afterALook } = openKeeper()
  journal.end = { position: 1n, index: 1 }
  journal.scores = new Map([[ANNA, 1n]])
  await keeper.start()
  expect(keeper.current()).toBeDefined()
  journal.problem = new Error('connection refused')
  await afterALook()
  clock.ms = MAX_AGE_MS
  expect(keeper.current()).toBeDefined()
  clock.ms = MAX_AGE_MS + 1
  expect(keeper.current()).toBeUndefined()
  await afterALook()
  expect(keeper.status()).toEqual({
    state: 'custodial',
    message: 'the window cannot be read from the database',
  })
  journal.problem = undefined
  await until(() => keeper.status().state === 'paying')
  await afterALook()
  expect(lines.map(({ msg, reason }) => [msg, reason])).toEqual([
    ['blocks of direct ports pay the miners', undefined],
    ['blocks of direct ports pay the pool alone, which owes the miners', 'connection refused'],
    ['blocks of direct ports pay the miners', undefined],
  ])
  expect(journal.reads).toBe(1)
})

test('a database that never answers keeps no job waiting', async () => {
  const keeper = new WindowKeeper(
    { network: 'regtest', terms, restScript: new Uint8Array(22), maxAgeMs: MAX_AGE_MS },
    {
      journal: {
        readEnd: () => new Promise<never>(() => undefined),
        readWindow: () => new Promise<never>(() => undefined),
        close: () => Promise.resolve(),
      },
      log: pino({ level: 'silent' }),
      monotonicMs: () => 0,
    },
  )
  await keeper.start()
  expect(keeper.current()).toBeUndefined()
  expect(keeper.status()).toEqual({ state: 'custodial', message: 'the window has not been read yet' })
  await keeper.close()
})
