import { describe, expect, it } from 'vitest'
import { describeEvent } from '../../src/alert/describe-event.js'
import { POOL_JUDGES, type PoolFacts } from '../../src/alert/judge-pool.js'
import { judgeRejects } from '../../src/alert/judge-rejects.js'
import { judgeWithholding } from '../../src/alert/judge-withholding.js'
import { judgeWorker, silenceOfDown } from '../../src/alert/judge-worker.js'
import { minerEvents, type MinerFacts } from '../../src/alert/miner-events.js'
import { poolEvents } from '../../src/alert/pool-events.js'
import {
  choiceOf,
  MINER_RULES,
  OPERATOR_RULES,
  problemOfParameters,
  type OperatorRule,
  type RuleChoice,
} from '../../src/alert/rules.js'
import { seededRandom } from '../../src/seeded-random.js'

const MINUTE = 60_000
const NOW = 1_000 * 3_600_000
const NO_CHOICES = new Map<string, RuleChoice>()

describe('worker-down', () => {
  const worker = (silentMinutes: number, shares = 17_280, hours = 24) => ({
    workerId: 1,
    name: 'rig',
    lastShareAtMs: NOW - silentMinutes * MINUTE,
    hours,
    shares,
  })

  it('goes by what the owner wants, or by chance where a small miner needs longer', () => {
    expect(silenceOfDown(worker(0), 15)).toBe(15 * MINUTE)
    // Two shares an hour: 14 of them are awaited, and a few more as two are not surely two.
    expect(silenceOfDown(worker(0, 48), 15) / 3_600_000).toBeGreaterThan(7)
    expect(silenceOfDown(worker(0, 11), 15)).toBe(Infinity)
    expect(judgeWorker(worker(16), 15, NOW)).toBe('bad')
    expect(judgeWorker(worker(14), 15, NOW)).toBe('good')
    expect(judgeWorker(worker(16, 48), 15, NOW)).toBe('held')
  })

  it('raises no alarm in two hundred thousand gaps of small miners who never stop', () => {
    const random = seededRandom(12)
    for (const perHour of [1, 3, 12, 60]) {
      let alarms = 0
      for (let gap = 0; gap < 50_000; gap++) {
        const shares = Math.max(1, Math.round(perHour * 24 + Math.sqrt(perHour * 24) * (random() * 4 - 2)))
        const silentMs = (-Math.log(1 - random()) / perHour) * 3_600_000
        if (silentMs >= silenceOfDown({ lastShareAtMs: 0, hours: 24, shares }, 5)) alarms++
      }
      expect(alarms, `${perHour} an hour`).toBe(0)
    }
  })

  it('tells each worker once, its return, and nothing of one that is looked at no more', () => {
    const facts = (workers: MinerFacts['workers']): MinerFacts => ({
      workers,
      hashrate: undefined,
      rejects: undefined,
      happened: [],
    })
    const of = (looks: ReturnType<typeof minerEvents>) => looks.find(({ rule }) => rule === 'worker-down')!
    const down = of(minerEvents(facts([worker(20)]), NO_CHOICES, new Map(), NOW))
    expect(down.events.map(describeEvent).map(({ text }) => text)).toEqual([
      'Worker "rig" has sent no share for 20 min.',
    ])
    const memories = new Map([['worker-down', down.raised]])
    expect(of(minerEvents(facts([worker(20)]), NO_CHOICES, memories, NOW)).events).toEqual([])
    expect(of(minerEvents(facts(undefined), NO_CHOICES, memories, NOW)).raised).toEqual(down.raised)
    const back = of(minerEvents(facts([worker(0)]), NO_CHOICES, memories, NOW + 10 * MINUTE))
    expect(back.events.map(describeEvent).map(({ text }) => text)).toEqual([
      'Worker "rig" sends shares again, after 30 min.',
    ])
    expect(of(minerEvents(facts([]), NO_CHOICES, memories, NOW))).toEqual({
      rule: 'worker-down',
      raised: [],
      events: [],
    })
    const off = new Map([['worker-down', { isOn: false, parameters: {} }]])
    expect(of(minerEvents(facts([worker(20)]), off, memories, NOW))).toEqual({
      rule: 'worker-down',
      raised: [],
      events: [],
    })
  })
})

describe('rejects', () => {
  it('wants a part and a count, and names the reason', () => {
    const wanted = { percent: 5, count: 20 }
    const rejects = { 'stale-share': 15, 'duplicate-share': 10 }
    expect(judgeRejects({ accepted: 100, rejects }, wanted)).toEqual({
      state: 'bad',
      rejected: 25,
      total: 125,
      percent: 20,
      reason: 'stale-share',
    })
    expect(judgeRejects({ accepted: 10, rejects: { malformed: 9 } }, wanted).state).toBe('good')
    expect(judgeRejects({ accepted: 900, rejects }, wanted).state).toBe('held')
    expect(judgeRejects({ accepted: 5_000, rejects }, wanted).state).toBe('good')
    expect(judgeRejects({ accepted: 0, rejects: {} }, wanted).state).toBe('good')
  })
})

describe('withholding', () => {
  it('reports who has found nothing for long, and not the unluckiest of many', () => {
    const honest = Array.from({ length: 1_000 }, (_, at) => ({
      address: `m${at}`,
      expectedBlocks: 6.9,
      foundBlocks: at === 0 ? 0 : 7,
    }))
    expect(judgeWithholding(honest, 1e-3)).toEqual([])
    const thief = { address: 'thief', expectedBlocks: 20, foundBlocks: 0 }
    expect(judgeWithholding([...honest, thief], 1e-3).map(({ address }) => address)).toEqual(['thief'])
  })
})

describe('choices', () => {
  it('stay within the bounds of their rule', () => {
    const rule = MINER_RULES['worker-down']
    expect(choiceOf(rule, undefined)).toEqual({ isOn: true, parameters: { minutes: 15 } })
    expect(choiceOf(rule, { isOn: false, parameters: { minutes: 1, other: 3 } })).toEqual({
      isOn: false,
      parameters: { minutes: 5 },
    })
    expect(problemOfParameters(rule, { minutes: 30 })).toBeNull()
    for (const bad of [{ minutes: 4 }, { minutes: 5.5 }, { minutes: NaN }, { other: 5 }, { constructor: 1 }])
      expect(problemOfParameters(rule, bad as Record<string, number>), JSON.stringify(bad)).not.toBeNull()
  })
})

const node = { name: 'a', state: 'ok', message: '', sinceMs: NOW - 3_600_000, isChosen: true } as const
const WELL: PoolFacts = {
  nowMs: NOW,
  live: {
    node: { ...node, atMs: NOW, jobAgeMs: 5_000, nodes: [node] },
    selfCheck: { atMs: NOW, jobId: '1', height: 1, node: 'a', results: [{ variant: 'pool', result: null }] },
    canary: { atMs: NOW, ports: [{ port: 3333, problems: [] }] },
    processes: 2,
    connections: 100,
    connectionsBefore: 110,
    bans: [],
  },
  redisAwaySinceMs: undefined,
  tip: { hash: 'aa', height: 100, seenAtMs: NOW - 60_000 },
  record: { journalEndMs: NOW - 1_000, rollupEndMs: NOW - 1_000, isRolledUp: true, sharesSeenAtMs: NOW },
  alarms: [],
  payouts: [],
  publicLog: { waitingSinceMs: NOW - 60_000, epochMs: 3_600_000 },
  disk: { freeBytes: 50, totalBytes: 100 },
  restartsLately: 0,
  luck: [],
}
const live = WELL.live!
const LONG = NOW - 5 * 3_600_000

/** For each rule of the operators, a pool in which it is broken. */
const BROKEN: Readonly<Record<Exclude<OperatorRule, 'block' | 'delivery-failing'>, PoolFacts>> = {
  node: {
    ...WELL,
    live: {
      ...live,
      node: {
        ...live.node!,
        nodes: [{ ...node, state: 'lagging', message: 'others have a better tip', sinceMs: LONG }],
      },
    },
  },
  'no-node': { ...WELL, live: { ...live, node: { ...live.node!, state: 'away', sinceMs: LONG } } },
  'stale-tip': { ...WELL, tip: { hash: 'aa', height: 100, seenAtMs: LONG } },
  'work-old': { ...WELL, live: { ...live, node: { ...live.node!, jobAgeMs: 200_000 } } },
  'pool-silent': { ...WELL, redisAwaySinceMs: LONG, live: undefined },
  restarts: { ...WELL, restartsLately: 3 },
  'self-check': {
    ...WELL,
    live: {
      ...live,
      selfCheck: { ...live.selfCheck!, results: [{ variant: 'solo', result: 'bad-cb-amount' }] },
    },
  },
  canary: {
    ...WELL,
    live: { ...live, canary: { atMs: NOW, ports: [{ port: 3333, problems: ['it pays somebody else'] }] } },
  },
  'journal-behind': { ...WELL, record: { ...WELL.record, journalEndMs: LONG } },
  'rollups-behind': { ...WELL, record: { ...WELL.record, isRolledUp: false, rollupEndMs: LONG } },
  disk: { ...WELL, disk: { freeBytes: 9, totalBytes: 100 } },
  alarm: {
    ...WELL,
    alarms: [{ name: 'ledger', subject: '', message: 'The ledger is wrong', sinceMs: LONG }],
  },
  payouts: {
    ...WELL,
    payouts: [{ subject: 'paused', message: 'Payouts are paused by ada: a test', sinceMs: LONG }],
  },
  'public-log': { ...WELL, publicLog: { waitingSinceMs: LONG, epochMs: 3_600_000 } },
  bans: {
    ...WELL,
    live: {
      ...live,
      bans: Array.from({ length: 20 }, (_, at) => ({
        address: `10.0.0.${at}`,
        reason: '',
        sinceMs: NOW - 1_000,
        untilMs: NOW + 1_000,
        offences: 1,
        by: 's',
      })),
    },
  },
  'connections-lost': { ...WELL, live: { ...live, connections: 50 } },
  withholding: { ...WELL, luck: [{ address: 'bc1q', expectedBlocks: 30, foundBlocks: 0 }] },
}

describe('rules of the operators', () => {
  const look = (facts: PoolFacts, memories = new Map<string, never[]>()) =>
    poolEvents(facts, [], NO_CHOICES, memories)
  const told = (looks: ReturnType<typeof look>) => looks.flatMap(({ events }) => events)

  it('are silent about a pool that is well', () => {
    expect(told(look(WELL))).toEqual([])
    const later = { ...WELL, nowMs: NOW + 10 * MINUTE }
    const memories = new Map(look(WELL).map(({ rule, raised }) => [rule, raised as never[]]))
    expect(told(look(later, memories))).toEqual([])
  })

  it.each(Object.keys(BROKEN) as OperatorRule[])(
    'tell of %s, alone, in a sentence, and when it is over',
    (rule) => {
      const first = look(BROKEN[rule as keyof typeof BROKEN])
      const memories = new Map(first.map((each) => [each.rule, each.raised as never[]]))
      const facts = { ...BROKEN[rule as keyof typeof BROKEN], nowMs: NOW + 3 * MINUTE }
      const second = look(facts, memories)
      const events = [...told(first), ...told(second)]
      expect(events.map((event) => [event.rule, event.what])).toEqual([[rule, 'began']])
      expect(describeEvent(events[0]!).text).toMatch(/^[A-Z\d].*\.$|^bc1q.*\.$/)
      const after = new Map(second.map((each) => [each.rule, each.raised as never[]]))
      const ended = told(
        look(
          {
            ...WELL,
            tip: { hash: 'bb', height: 101, seenAtMs: NOW },
            nowMs: NOW + 4 * MINUTE,
            publicLog: { waitingSinceMs: undefined, epochMs: 1 },
          },
          after,
        ),
      )
      expect(ended.map((event) => [event.rule, event.what])).toEqual(
        rule === 'withholding' ? [] : [[rule, 'ended']],
      )
    },
  )

  it('have a judge each, or are told of as they happen', () => {
    const happening = ['block', 'delivery-failing']
    expect([...Object.keys(POOL_JUDGES), ...happening].sort()).toEqual(Object.keys(OPERATOR_RULES).sort())
  })

  it('keep what they knew while Redis is away', () => {
    const broken = look(BROKEN.canary)
    const memories = new Map(broken.map(({ rule, raised }) => [rule, raised as never[]]))
    const away = look({ ...WELL, live: undefined }, memories)
    expect(away.find(({ rule }) => rule === 'canary')!.raised).toHaveLength(1)
    expect(told(away).filter(({ rule }) => rule === 'canary')).toEqual([])
  })
})
