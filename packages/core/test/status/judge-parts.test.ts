import { describe, expect, it } from 'vitest'
import type { LiveNode } from '../../src/live/live-feed.js'
import {
  judgeParts,
  type DatabaseObservation,
  type LiveObservation,
  type Observation,
} from '../../src/status/judge-parts.js'
import { PARTS } from '../../src/status/part.js'

const NOW = 1_700_000_000_000
const MINUTE = 60_000
const entry = { name: 'near', state: 'ok', message: '', sinceMs: 0, isChosen: true } as const
const node: LiveNode = { atMs: NOW, state: 'ok', message: '', sinceMs: 0, jobAgeMs: 9_000, nodes: [entry] }
const live: LiveObservation = {
  node,
  selfCheck: { atMs: NOW, jobId: '1', height: 1, node: 'near', results: [{ variant: 'pool', result: null }] },
  canary: { atMs: NOW, ports: [{ port: 3333, problems: [] }] },
  processes: [{ lastShareAtMs: NOW }],
}
const database: DatabaseObservation = {
  journalEndMs: NOW - 2_000,
  rollupEndMs: NOW - 2_000,
  isRolledUp: true,
  payoutsPaused: undefined,
  payoutProblem: undefined,
  unpublishedSinceMs: NOW - MINUTE,
  alarms: [],
}
const WELL: Observation = {
  nowMs: NOW,
  live,
  database,
  failingTasks: [],
  hasCanary: true,
  paysOnChain: true,
  epochMs: 10 * MINUTE,
}

/** Of those that are not up. */
function wrong(changes: Partial<Observation>): Record<string, string> {
  const findings = judgeParts({ ...WELL, ...changes }).filter(({ state }) => state !== 'up')
  return Object.fromEntries(findings.map(({ part, state }) => [part, state]))
}

describe('the parts of a pool', () => {
  it('are all up when all is well, each named once', () => {
    const findings = judgeParts(WELL)
    expect(findings.map(({ part }) => part).sort()).toEqual([...PARTS].sort())
    expect(findings.every(({ state, text }) => state === 'up' && text === '')).toBe(true)
  })

  it('are not known where their source is away', () => {
    expect(wrong({ live: 'Redis is away' })).toEqual({
      nodes: 'unknown',
      templates: 'unknown',
      stratum: 'unknown',
      canary: 'unknown',
      journal: 'unknown',
      settle: 'down',
      'live-feed': 'down',
    })
    expect(wrong({ database: 'it is away' })).toEqual({
      journal: 'unknown',
      payouts: 'unknown',
      'public-log': 'unknown',
      settle: 'down',
      database: 'down',
    })
  })

  it('are left out where the pool has none', () => {
    const names = judgeParts({ ...WELL, hasCanary: false, paysOnChain: false }).map(({ part }) => part)
    expect(names).not.toContain('canary')
    expect(names).not.toContain('payouts')
  })

  it.each<[string, Partial<LiveObservation>, Record<string, string>]>([
    [
      'nobody reports',
      { node: undefined, selfCheck: undefined, canary: undefined, processes: [] },
      {
        nodes: 'unknown',
        templates: 'unknown',
        stratum: 'down',
        canary: 'unknown',
        journal: 'unknown',
      },
    ],
    [
      'one node of two is away',
      { node: { ...node, nodes: [entry, { ...entry, state: 'away' }] } },
      { nodes: 'degraded' },
    ],
    ['no node is well', { node: { ...node, state: 'away', message: 'no answer' } }, { nodes: 'down' }],
    ['miners have no work', { node: { ...node, jobAgeMs: undefined } }, { templates: 'down' }],
    ['work is old', { node: { ...node, jobAgeMs: 4 * MINUTE } }, { templates: 'degraded' }],
    [
      'a node would refuse the block',
      { selfCheck: { ...live.selfCheck!, results: [{ variant: 'solo', result: 'bad-cb' }] } },
      { templates: 'down' },
    ],
    [
      'a node did not look',
      { selfCheck: { ...live.selfCheck!, results: [{ variant: 'solo', result: 'away: no answer' }] } },
      {},
    ],
    [
      'a port gives wrong jobs',
      {
        canary: {
          atMs: NOW,
          ports: [
            { port: 1, problems: [] },
            { port: 2, problems: ['old'] },
          ],
        },
      },
      { canary: 'degraded' },
    ],
    ['shares wait on a disk', { processes: [{ lastShareAtMs: NOW + 5 * MINUTE }] }, { journal: 'degraded' }],
    ['a process has had no share', { processes: [{}] }, {}],
  ])('when %s', (_what, changes, expected) => {
    expect(wrong({ live: { ...live, ...changes } })).toEqual(expected)
  })

  it.each<[string, Partial<DatabaseObservation>, Record<string, string>]>([
    ['payouts are paused', { payoutsPaused: 'a new wallet' }, { payouts: 'degraded' }],
    ['payouts stand still', { payoutProblem: 'wallet-locked', payoutsPaused: 'x' }, { payouts: 'down' }],
    [
      'shares are not summed up',
      { isRolledUp: false, rollupEndMs: NOW - 5 * MINUTE },
      { settle: 'degraded' },
    ],
    ['a task has found something wrong', { alarms: ['ledger'] }, { settle: 'degraded' }],
    ['nothing is published', { unpublishedSinceMs: NOW - 41 * MINUTE }, { 'public-log': 'degraded' }],
  ])('when %s', (_what, changes, expected) => {
    expect(wrong({ database: { ...database, ...changes } })).toEqual(expected)
  })

  it('are up when nobody has mined yet', () => {
    const books = {
      ...database,
      journalEndMs: undefined,
      rollupEndMs: undefined,
      unpublishedSinceMs: undefined,
    }
    expect(wrong({ database: books, live: { ...live, processes: [{}] } })).toEqual({})
  })

  it('say which tasks fail', () => {
    const settle = judgeParts({ ...WELL, failingTasks: ['prune'] }).find(({ part }) => part === 'settle')
    expect(settle).toMatchObject({ state: 'degraded', text: 'these tasks fail: prune' })
  })
})
