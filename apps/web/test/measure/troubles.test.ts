import { describe, expect, it } from 'vitest'
import type { StatusState } from '../../src/components/status/status-state'
import { troublesOf } from '../../src/measure/troubles'

const SINCE_MS = Date.UTC(2026, 0, 2)
const AWAY = { known: false, why: 'feed-away' } as const
const SILENT = { known: false, why: 'not-reported' } as const
const known = <T>(value: T) => ({ known: true as const, value, atMs: SINCE_MS })

type Node = Extract<StatusState['node'], { known: true }>['value']
type Payout = StatusState['payouts']['open'][number]

const nodeOf = (changes: object = {}): StatusState['node'] =>
  known({ state: 'ok', message: 'well', sinceMs: SINCE_MS, nodes: [], ...changes } as unknown as Node)
const payoutOf = (changes: Partial<Payout>): Payout =>
  ({ id: 7n, state: 'planned', createdAtMs: SINCE_MS, awaitsApproval: false, ...changes }) as Payout

/** A pool in which all is well, but for `changes`. */
function statusOf(changes: object = {}): StatusState {
  const well = {
    isSetUp: true,
    record: { state: 'current', untilMs: SINCE_MS },
    node: nodeOf(),
    selfCheck: known({ results: [{ variant: 'pplns', result: null }] }),
    canary: known({ ports: [{ port: 3333, problems: [] }] }),
    processes: known([['stratum-0', {}]]),
    payouts: { open: [] },
  }
  return { ...well, ...changes } as unknown as StatusState
}

const titlesOf = (changes: object): string[] => troublesOf(statusOf(changes)).map(({ title }) => title)

it('there is nothing to say of a pool in which all is well', () => {
  expect(troublesOf(statusOf())).toEqual([])
})

describe('nodes', () => {
  it('serve that does not report is wrong; a feed that is away is only not known', () => {
    expect(troublesOf(statusOf({ node: SILENT }))).toMatchObject([
      { weight: 'wrong', title: 'serve does not report', href: '/console/processes' },
    ])
    expect(
      troublesOf(statusOf({ node: AWAY, processes: AWAY, selfCheck: AWAY, canary: AWAY })),
    ).toMatchObject([{ weight: 'waits', title: 'The live feed (Redis) is away' }])
  })

  it('the one in use is wrong, since when and why; one in reserve waits', () => {
    const nodes = [
      { name: 'local', state: 'behind', isChosen: true },
      { name: 'far', state: 'away', isChosen: false, message: 'no answer', sinceMs: SINCE_MS + 1 },
      { name: 'spare', state: 'ok', isChosen: false },
    ]
    const node = nodeOf({ state: 'behind', message: '3 blocks behind', nodes })
    expect(troublesOf(statusOf({ node }))).toEqual([
      {
        weight: 'wrong',
        title: "The pool's node is behind",
        detail: '3 blocks behind',
        sinceMs: SINCE_MS,
        href: '/console/nodes',
      },
      {
        weight: 'waits',
        title: 'Node far is away',
        detail: 'no answer',
        sinceMs: SINCE_MS + 1,
        href: '/console/nodes',
      },
    ])
  })
})

describe('work', () => {
  it('a block that would be refused and a port that the canary finds wrong are named', () => {
    const results = [
      { variant: 'pplns', result: null },
      { variant: 'solo', result: 'bad-cb-amount' },
    ]
    const ports = [
      { port: 3333, problems: [] },
      { port: 3334, problems: ['no job', 'no answer'] },
    ]
    expect(troublesOf(statusOf({ selfCheck: known({ results }), canary: known({ ports }) }))).toMatchObject([
      {
        weight: 'wrong',
        title: 'A block with the coinbase for solo would be refused',
        detail: 'bad-cb-amount',
      },
      { weight: 'wrong', title: 'The canary finds port 3334 wrong', detail: 'no job; no answer' },
    ])
  })

  it('no stratum process is wrong, but is said once where serve is silent as a whole', () => {
    expect(titlesOf({ processes: SILENT })).toEqual(['No stratum process reports'])
    expect(titlesOf({ processes: SILENT, node: SILENT })).toEqual(['serve does not report'])
  })
})

it.each([
  ['journal-behind', 'The shipper is behind'],
  ['rollups-behind', 'settle is behind'],
])('a record that is %s waits, since where it ends', (state, title) => {
  expect(troublesOf(statusOf({ record: { state, untilMs: SINCE_MS } }))).toMatchObject([
    { weight: 'waits', title, sinceMs: SINCE_MS },
  ])
})

describe('payouts', () => {
  it('that stand still are wrong; that are paused wait for whoever has paused them', () => {
    const problem = { problem: 'wallet-away', detail: 'connect ECONNREFUSED', sinceMs: SINCE_MS }
    const paused = { by: 'ada', reason: 'the wallet moves', sinceMs: SINCE_MS }
    expect(troublesOf(statusOf({ payouts: { open: [], problem, paused } }))).toMatchObject([
      { weight: 'wrong', title: 'No payout goes on: wallet-away', detail: 'connect ECONNREFUSED' },
      {
        weight: 'waits',
        title: 'Payouts are paused by ada',
        detail: 'the wallet moves',
        href: '/console/payouts',
      },
    ])
  })

  it('that wait for somebody, or do not go on, lead to where that is mended', () => {
    const problem = { problem: 'fee-too-high', detail: '312 sat/vB', sinceMs: SINCE_MS }
    const open = [
      payoutOf({ id: 6n }),
      payoutOf({ id: 7n, awaitsApproval: true }),
      payoutOf({ id: 8n, problem }),
    ]
    expect(troublesOf(statusOf({ payouts: { open } }))).toMatchObject([
      { weight: 'waits', title: 'Payout 7 awaits approval', href: '/console/payouts/7' },
      { weight: 'waits', title: 'Payout 8 does not go on: fee-too-high', href: '/console/payouts/8' },
    ])
  })
})

it('what is wrong comes before what waits, whatever part it is of', () => {
  const problem = { problem: 'wallet-away', detail: '', sinceMs: SINCE_MS }
  const record = { state: 'journal-behind', untilMs: SINCE_MS }
  const weights = troublesOf(statusOf({ record, payouts: { open: [], problem } })).map(({ weight }) => weight)
  expect(weights).toEqual(['wrong', 'waits'])
})
