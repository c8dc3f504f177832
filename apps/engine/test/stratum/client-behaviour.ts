import fc from 'fast-check'

/** The account of every client that has one. */
export const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

/** What a client, or the pool, does next. */
export type Deed =
  | { readonly kind: 'send'; readonly message: object }
  /** A share of the last job, when there is one. */
  | { readonly kind: 'share'; readonly id: unknown; readonly nonce: number }
  /** Ends a packet; what was said so far goes out. */
  | { readonly kind: 'flush' }
  /** Waits until all is answered. */
  | { readonly kind: 'listen' }
  | { readonly kind: 'job'; readonly isTip: boolean }

const id = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9) },
  fc.maxSafeInteger(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((number) => number + 0),
)

const HEX_DIGITS = '0123456789abcdefABCDEF'.split('')
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...HEX_DIGITS), minLength: digits, maxLength: digits })

const session = fc.oneof(fc.constant(null), hex(8), hex(24), fc.constant(''))
const extension = fc.constantFrom(
  'version-rolling',
  'minimum-difficulty',
  'subscribe-extranonce',
  'info',
  'x-new',
  '__proto__',
)
const extensionValues = fc.record(
  {
    'version-rolling.mask': fc.oneof(hex(8), fc.constant('ffffffff')),
    'version-rolling.min-bit-count': fc.nat(16),
    'minimum-difficulty.value': fc.constantFrom(0, 1e-9, 0.5, 2048),
    'info.hw-version': fc.string(),
  },
  { requiredKeys: [] },
)
const submission = fc.tuple(
  fc.constantFrom(ADDRESS, `${ADDRESS}.x`, 'nobody'),
  hex(10),
  hex(16),
  hex(8),
  hex(8),
)

/** A call that a client may make, at any time. */
const call = fc.oneof(
  fc.record({ method: fc.constant('mining.subscribe'), params: fc.tuple(fc.constant('any/1'), session) }),
  fc.record({
    method: fc.constant('mining.subscribe'),
    params: fc.constantFrom([], [null], ['x/1', null, 'h', 3333]),
  }),
  fc.record({
    method: fc.constant('mining.authorize'),
    params: fc.tuple(
      fc.constantFrom(ADDRESS, `${ADDRESS}.rig`, `${ADDRESS}_rig`, `${ADDRESS}.é✓`, 'no-address'),
      fc.constantFrom('x', '', 'd=0.5', null),
    ),
  }),
  fc.record({
    method: fc.constant('mining.configure'),
    params: fc.tuple(fc.array(extension), extensionValues),
  }),
  fc.record({ method: fc.constant('mining.extranonce.subscribe'), params: fc.constant([]) }),
  fc.record({
    method: fc.constant('mining.suggest_difficulty'),
    params: fc.tuple(
      fc.oneof(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.constantFrom(-1, '0.25', null)),
    ),
  }),
  fc.record({ method: fc.constant('mining.suggest_target'), params: fc.tuple(hex(64)) }),
  fc.record({ method: fc.constant('mining.multi_version'), params: fc.tuple(fc.nat(8)) }),
  fc.record({ method: fc.constant('mining.get_transactions'), params: fc.tuple(hex(10)) }),
  fc.record({
    method: fc.constantFrom('mining.ping', 'mining.unheard_of', 'mining.capabilities'),
    params: fc.constant([]),
  }),
  fc.record({ method: fc.constant('mining.submit'), params: submission }),
)

const request = fc
  .tuple(call, fc.option(id, { nil: undefined }), fc.boolean())
  .map(([{ method, params }, own, isIdLast]) => {
    // Without an answer to this one, nobody could mine.
    const isIdNeeded = method === 'mining.subscribe'
    const withId = own === undefined ? (isIdNeeded ? { id: 0 } : {}) : { id: own }
    return isIdLast ? { method, params, ...withId } : { ...withId, method, params }
  })
/** Answers to what the pool may have asked, in both forms. */
const answer = fc.oneof(
  fc.record({ id: fc.nat(), method: fc.constant('pong'), params: fc.constant([]) }),
  fc.record({ id, result: fc.constantFrom('pong', 'any/1', true), error: fc.constant(null) }),
)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('send' as const), message: request }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('send' as const), message: answer }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('share' as const), id, nonce: fc.nat(1e6) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'flush' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'listen' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('job' as const), isTip: fc.boolean() }) },
)

/** Enough for a client to be at work, whatever is left out of it. */
export const GREETING: readonly Deed[] = [
  { kind: 'send', message: { id: 'sub', method: 'mining.subscribe', params: [] } },
  { kind: 'send', message: { id: 'auth', method: 'mining.authorize', params: [ADDRESS] } },
]

const MAX_DEEDS = 24
/** A life that goes through the greeting or a part of it, somewhere. */
export const behaviour = fc
  .tuple(
    fc.array(deed, { maxLength: MAX_DEEDS }),
    fc.shuffledSubarray([...GREETING]),
    fc.array(deed, { maxLength: MAX_DEEDS }),
  )
  .map(([before, greetings, after]) => [...before, ...greetings, { kind: 'listen' as const }, ...after])
