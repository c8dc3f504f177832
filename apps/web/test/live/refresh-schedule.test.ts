import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { belongsTo, GROUPS, RefreshSchedule } from '../../src/live/refresh-schedule'
import type { Topic } from '../../src/server/live/topic'
import { describeProcedures } from '../../src/server/api/procedures'
import { appRouter } from '../../src/server/routers/root'

const INTERVAL_MS = { work: 5_000, money: 2_000, state: 1_000 }

function scheduleAt() {
  const clock = { nowMs: 0 }
  return { clock, schedule: new RefreshSchedule(() => clock.nowMs) }
}

/** Steps the clock in the provider's ticks and notes what was taken when. */
function run({ clock, schedule }: ReturnType<typeof scheduleAt>, untilMs: number) {
  const taken: [string, number][] = []
  for (; clock.nowMs <= untilMs; clock.nowMs += 500) {
    for (const group of schedule.takeDue()) taken.push([group, clock.nowMs])
  }
  return taken
}

describe('RefreshSchedule', () => {
  it('asks at once, and no more than once for what came together', () => {
    const at = scheduleAt()
    for (let n = 0; n < 100; n += 1) at.schedule.note('shares')
    expect(run(at, 20_000)).toEqual([['work', 0]])
  })

  it('asks for money again when the control plane has had time', () => {
    const at = scheduleAt()
    at.schedule.note('block')
    const money = run(at, 30_000).filter(([group]) => group === 'money')
    expect(money.map(([, atMs]) => atMs)).toEqual([0, 2_500, 6_000])
  })

  it('asks at once for what a payout moves: balances, lists, and what the operator sees', () => {
    const at = scheduleAt()
    at.schedule.note('payout')
    expect(run(at, 20_000)).toEqual([
      ['money', 0],
      ['state', 0],
    ])
  })

  it('never asks more often than its interval, and always asks after the last topic', () => {
    const topic = fc.constantFrom<Topic>('shares', 'tip', 'block', 'node')
    const events = fc.array(fc.tuple(topic, fc.integer({ min: 0, max: 40 })), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(events, (story) => {
        const at = scheduleAt()
        const lastMs = { work: -1, money: -1, state: -1 }
        const taken: Record<string, number[]> = { work: [], money: [], state: [] }
        const note = ([group, atMs]: [string, number]) => taken[group]?.push(atMs)
        for (const [topic, ticks] of story) {
          run(at, at.clock.nowMs + ticks * 500).forEach(note)
          at.schedule.note(topic)
          const group = topic === 'shares' ? 'work' : topic === 'node' ? 'state' : 'money'
          lastMs[group] = at.clock.nowMs
        }
        run(at, at.clock.nowMs + 30_000).forEach(note)
        for (const group of GROUPS) {
          const times = taken[group] ?? []
          times
            .slice(1)
            .forEach((atMs, n) => expect(atMs - (times[n] ?? 0)).toBeGreaterThanOrEqual(INTERVAL_MS[group]))
          if (lastMs[group] >= 0) expect(times.at(-1)).toBeGreaterThanOrEqual(lastMs[group])
        }
      }),
    )
  })
})

describe('belongsTo', () => {
  it('knows what each query of the API shows', () => {
    // How to connect changes only when the pool starts again, and then the page does too; what somebody sets for himself,
    // when he does it.
    const still = [
      'pool.connect',
      'live.changes',
      'token.list',
      'operatorToken.list',
      'account.challenge',
      'account.sessions',
      'alerts.overview',
      'operatorAlerts.overview',
    ]
    const paths = describeProcedures(appRouter)
      .filter(({ name, type }) => type === 'query' && !still.includes(name))
      .map(({ name }) => name)
    expect(paths.length).toBeGreaterThan(8)
    for (const path of paths) {
      expect(
        GROUPS.some((group) => belongsTo(path, group)),
        path,
      ).toBe(true)
    }
  })
})
