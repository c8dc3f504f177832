import fc from 'fast-check'
import { ADDRESS } from '../stratum/client-behaviour.js'
import { anyBytes } from './any-bytes.js'
import { damages, type Damage } from './damaged-line.js'
import { anyId, oddRequest } from './odd-request.js'

/** What is wrong with a submission. Those that say nothing is wrong with it are worth their difficulty. */
export const FLAWS = [
  'none',
  /** Of the job before the last, or another before it. */
  'older-job',
  'again',
  'again-in-another-spelling',
  /** The hash does not meet the target. */
  'low',
  /** Of a job that another client was given, with his extranonce1. */
  'foreign-job',
  'made-up-alias',
  'unknown-job',
  'rolled-version',
  'rolled-version-outside-mask',
  'rolled-ntime',
  'ntime-too-late',
  'short-extranonce2',
  'unknown-worker',
  'renamed-worker',
] as const
export type Flaw = (typeof FLAWS)[number]

/** Submissions: what they are of is found when its turn comes, from what the client has heard by then. */
export interface ShareSaying {
  readonly kind: 'share'
  /** Text of JSON; undefined: none. */
  readonly id: string | undefined
  readonly flaw: Flaw
  /** Where the search for a nonce begins, and which of several is taken. */
  readonly pick: number
  /** So many in a row. */
  readonly count: number
}

/** In place of a client: sessions of a process that is not there. */
export const ELSEWHERE = 9

/** What a client says next. */
export type Saying =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'line'; readonly text: string; readonly end: string }
  /** A request whose line has so many bytes more, or less, than a line may have. */
  | { readonly kind: 'long'; readonly id: string; readonly over: number; readonly filler: string }
  | ShareSaying
  /** Subscribes with the session id of a client: its own when `client` is 0, else another's, or one of `ELSEWHERE`. */
  | { readonly kind: 'resume'; readonly id: string; readonly client: number }
  | { readonly kind: 'transactions'; readonly id: string }
  | { readonly kind: 'damaged'; readonly of: Saying; readonly done: readonly Damage[] }

const id = fc.oneof({ weight: 6, arbitrary: fc.nat(99).map(String) }, { weight: 1, arbitrary: anyId })

const call = (name: string, ...lists: string[]) =>
  fc
    .tuple(id, fc.constantFrom(...lists))
    .map(([own, params]) => `{"id":${own},"method":"${name}","params":[${params}]}`)

/** A client is at work after it. */
export const GREETING: Saying = {
  kind: 'line',
  text:
    '{"id":"sub","method":"mining.subscribe","params":[]}\n' +
    `{"id":"auth","method":"mining.authorize","params":["${ADDRESS}.rig"]}`,
  end: '\n',
}

/** What honest firmware says, in whatever order. */
const honestLine = fc.oneof(
  {
    weight: 4,
    arbitrary: call(
      'mining.subscribe',
      '',
      '"cgminer/4.12.1"',
      '"bitaxe/BM1370/2.5",null',
      '"LeafMiner/0.0.16",null',
      '"x",null,"h",1',
    ),
  },
  {
    weight: 4,
    arbitrary: call(
      'mining.authorize',
      `"${ADDRESS}"`,
      `"${ADDRESS}.rig","x"`,
      `"${ADDRESS}_é✓","d=1e-9"`,
      `"${ADDRESS}.b","md=1e-8"`,
      '"nobody","x"',
    ),
  },
  {
    weight: 2,
    arbitrary: call(
      'mining.configure',
      '["version-rolling"],{"version-rolling.mask":"ffffffff"}',
      '["version-rolling","subscribe-extranonce","info"],{"version-rolling.mask":"00c0e000"}',
      '["minimum-difficulty"],{"minimum-difficulty.value":2e-9}',
      '["__proto__","constructor"],{"__proto__":{"version-rolling.mask":"1"}}',
    ),
  },
  call('mining.extranonce.subscribe', ''),
  {
    weight: 2,
    arbitrary: call('mining.suggest_difficulty', '1e-9', '3e-9', '0.00015', '1e300', '-0', '"0.5"', 'null'),
  },
  call('mining.suggest_target', `"${'f'.repeat(64)}"`, `"${'0'.repeat(64)}"`, '"1"'),
  call('mining.multi_version', '4'),
  { weight: 2, arbitrary: call('mining.ping', '') },
  fc.constantFrom(
    '{"id":2000000002,"method":"pong","params":[]}',
    '{"id":2000000001,"result":"any/1.0","error":null}',
    '{"id":null,"method":"mining.suggest_difficulty","params":[2e-9]}',
    '{"method":"mining.subscribe","params":[]}',
  ),
)

const lineOf = (text: fc.Arbitrary<string>, ends = ['\n', '\r\n']): fc.Arbitrary<Saying> =>
  fc.record({ kind: fc.constant('line' as const), text, end: fc.constantFrom(...ends) })

const share: fc.Arbitrary<Saying> = fc.record({
  kind: fc.constant('share' as const),
  id: fc.oneof({ weight: 8, arbitrary: id }, { weight: 1, arbitrary: fc.constant(undefined) }),
  flaw: fc.oneof(
    { weight: 2, arbitrary: fc.constant('none' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...FLAWS) },
  ),
  pick: fc.nat(1_000),
  count: fc.integer({ min: 1, max: 4 }),
})
const resume: fc.Arbitrary<Saying> = fc.record({
  kind: fc.constant('resume' as const),
  id,
  // Seldom: the pool looks for that process for half a second.
  client: fc.oneof({ weight: 12, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.constant(ELSEWHERE) }),
})
const transactions: fc.Arbitrary<Saying> = fc.record({ kind: fc.constant('transactions' as const), id })
const long: fc.Arbitrary<Saying> = fc.record({
  kind: fc.constant('long' as const),
  id,
  over: fc.constantFrom(-1, 0, 0, 1, 2, 20_000),
  filler: fc.constantFrom(' ', 'x', '\\u0000'),
})

/** What firmware says, well or badly. */
export const HONEST: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 6, arbitrary: lineOf(honestLine) },
  { weight: 4, arbitrary: fc.constant(GREETING) },
  { weight: 12, arbitrary: share },
  { weight: 1, arbitrary: resume },
  { weight: 1, arbitrary: transactions },
)

/** Of those who come back to their sessions as often as they can. */
export const HOMECOMINGS: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 3, arbitrary: resume },
  { weight: 8, arbitrary: HONEST },
)

/** What clients live on: each way to be odd with a name, among what keeps them connected. */
export const DIETS: readonly (readonly [string, fc.Arbitrary<Saying>])[] = [
  [
    'bytes',
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('bytes' as const), bytes: anyBytes }) },
      HONEST,
    ),
  ],
  [
    'lines',
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('damaged' as const), of: HONEST, done: damages }),
      },
      { weight: 1, arbitrary: long },
      { weight: 1, arbitrary: HONEST },
    ),
  ],
  ['JSON shapes', fc.oneof({ weight: 3, arbitrary: lineOf(oddRequest, ['\n', '\r\n', '\n\r\n\n']) }, HONEST)],
  ['state order', HONEST],
]
