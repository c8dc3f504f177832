import fc from 'fast-check'
import type { DiskFault } from './failing-disk.js'
import { GREETING, type Saying } from './saying.js'

/** Clients that do as they like; a well-behaved one is beside them. */
export const WILD_CLIENTS = 3

const MAX_STEPS = 80

/** How a connection ends: half-closed, closed at once, reset. */
export const ENDS = ['half', 'destroy', 'reset'] as const

/** What happens next, to a client or to all of them. */
export type Step =
  | { readonly kind: 'say'; readonly client: number; readonly saying: Saying }
  /** What was said goes out, but so many of its last bytes. */
  | { readonly kind: 'send'; readonly client: number; readonly keep: number }
  /** Waits for all answers. */
  | { readonly kind: 'listen'; readonly client: number }
  | { readonly kind: 'leave'; readonly client: number; readonly how: (typeof ENDS)[number] }
  | { readonly kind: 'job'; readonly isTip: boolean }
  /** Time goes by, in all of which the pool has one look at its clock. */
  | { readonly kind: 'time'; readonly ms: number }
  /** The wall clock alone is set on or back. */
  | { readonly kind: 'step'; readonly ms: number }
  /** The disk below the journal fails, some turns long. */
  | { readonly kind: 'disk'; readonly fault: DiskFault }

const client = fc.oneof(fc.constant(0), fc.nat(WILD_CLIENTS - 1))
const kind = <K extends string>(name: K) => fc.constant(name)

const stepOf = (saying: fc.Arbitrary<Saying>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.record({ kind: kind('say'), client, saying }) },
    {
      weight: 8,
      arbitrary: fc.record({ kind: kind('send'), client, keep: fc.oneof(fc.constant(0), fc.nat(200)) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: kind('listen'), client }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('leave'), client, how: fc.constantFrom(...ENDS) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('job'), isTip: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: kind('time'),
        ms: fc.constantFrom(1_000, 1_000, 1_000, 4_000, 6_000, 61_000, 700_000),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: kind('step'), ms: fc.constantFrom(-30_000, -1_000, 6_000, 30_000) }),
    },
  )

const greet = (of: number): Step[] => [
  { kind: 'say', client: of, saying: GREETING },
  { kind: 'send', client: of, keep: 0 },
  { kind: 'listen', client: of },
]

const diskFails: fc.Arbitrary<Step> = fc.record({
  kind: kind('disk'),
  fault: fc.record({
    step: fc.constantFrom('write', 'datasync', 'open', 'rename', 'truncate'),
    when: fc.constantFrom('before', 'after'),
    turns: fc.integer({ min: 1, max: 3 }),
  }),
})

/** What several clients live through, some of them at work from the beginning. */
export const storyOf = (
  saying: fc.Arbitrary<Saying>,
  step: fc.Arbitrary<Step> = stepOf(saying),
): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(fc.subarray([0, 1, 2]), fc.array(step, { maxLength: MAX_STEPS, size: 'max' }))
    .map(([greeted, steps]) => [...greeted.flatMap(greet), ...steps])

/** The same on a disk that fails now and then. */
export const storyOfDisk = (saying: fc.Arbitrary<Saying>): fc.Arbitrary<readonly Step[]> =>
  storyOf(saying, fc.oneof({ weight: 12, arbitrary: stepOf(saying) }, { weight: 1, arbitrary: diskFails }))
