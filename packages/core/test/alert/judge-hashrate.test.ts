import { describe, expect, it } from 'vitest'
import { FALSE_ALARM_AN_HOUR, judgeHashrate } from '../../src/alert/judge-hashrate.js'
import { chanceOfAtMost } from '../../src/alert/poisson.js'
import { seededRandom } from '../../src/seeded-random.js'

const random = seededRandom(6)

/** Shares of one hour: exponential gaps for few, the normal limit for many. */
function poisson(mean: number): number {
  if (mean > 200) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  let count = -1
  for (let sum = 0; sum < mean; count++) sum -= Math.log(1 - random())
  return count
}

/** Work of an hour of a miner whose hashrate never changes: machines of different size, vardiff somewhere. */
function hourOf(machines: readonly (readonly [shares: number, difficulty: number])[]): {
  work: number
  squared: number
} {
  let [work, squared] = [0, 0]
  for (const [shares, difficulty] of machines) {
    // Vardiff is within a factor of two of where it wants to be.
    const at = difficulty * 2 ** (random() * 2 - 1)
    const found = poisson((shares * difficulty) / at)
    work += found * at
    squared += found * at * at
  }
  return { work, squared }
}

const MINERS = {
  'two shares an hour': [[2, 1]],
  'twelve shares an hour': [[12, 1]],
  'a minute a share': [[60, 1]],
  'one machine at the usual pace': [[720, 1]],
  'one big machine among twenty small ones': [
    [720, 1_000],
    ...Array.from({ length: 20 }, () => [720, 1] as const),
  ],
} as const satisfies Record<string, readonly (readonly [number, number])[]>

function play(machines: readonly (readonly [number, number])[], hours: number, percent: number) {
  const past: { work: number; squared: number }[] = Array.from({ length: 168 }, () => hourOf(machines))
  const states = { bad: 0, good: 0, held: 0, unknown: 0 }
  for (let hour = 0; hour < hours; hour++) {
    const latest = hourOf(machines)
    const total = [...past, latest].reduce(
      (sum, { work, squared }) => ({ work: sum.work + work, squared: sum.squared + squared }),
      { work: 0, squared: 0 },
    )
    const facts = {
      hours: past.map(({ work }) => work),
      latest: latest.work,
      workPerShare: total.squared / total.work,
    }
    states[judgeHashrate(facts, percent).state]++
    past.shift()
    past.push(latest)
  }
  return states
}

describe('judgeHashrate', () => {
  it.each(Object.entries(MINERS))(
    'raises no alarm in a year of a miner who never changes: %s',
    (_name, machines) => {
      for (const percent of [10, 30, 50]) expect(play(machines, 3_000, percent).bad).toBe(0)
    },
  )

  it('would raise many if it went by the percentage alone', () => {
    const { held } = play(MINERS['twelve shares an hour'], 2_000, 30)
    expect(held).toBeGreaterThan(200)
  })

  it.each([
    ['one machine at the usual pace', 30, 0.6],
    ['a minute a share', 30, 0],
    ['one big machine among twenty small ones', 30, 0.6],
  ] as const)('sees a loss in the first full hour: %s, %s %% wanted', (name, percent, left) => {
    const past = Array.from({ length: 168 }, () => hourOf(MINERS[name]))
    const now = hourOf(MINERS[name].map(([shares, difficulty]) => [shares * left, difficulty] as const))
    const total = past.reduce((sum, { work, squared }) => ({
      work: sum.work + work,
      squared: sum.squared + squared,
    }))
    const facts = {
      hours: past.map(({ work }) => work),
      latest: now.work,
      workPerShare: total.squared / total.work,
    }
    expect(judgeHashrate(facts, percent).state).toBe('bad')
    expect(judgeHashrate({ ...facts, latest: past[0]!.work }, percent).state).not.toBe('bad')
  })

  it('needs a day of mining, counts no hour without work, and is over half way back', () => {
    const facts = { latest: 100, workPerShare: 0.01 }
    expect(judgeHashrate({ ...facts, hours: Array<number>(23).fill(100) }, 30).state).toBe('unknown')
    const hours = [...Array<number>(24).fill(100), ...Array<number>(144).fill(0)]
    expect(judgeHashrate({ ...facts, hours }, 30)).toEqual({ state: 'good', baseline: 100 })
    expect(judgeHashrate({ ...facts, hours, latest: 69 }, 30).state).toBe('bad')
    expect(judgeHashrate({ ...facts, hours, latest: 80 }, 30).state).toBe('held')
    expect(judgeHashrate({ ...facts, hours, latest: 86 }, 30).state).toBe('good')
  })
})

describe('chanceOfAtMost', () => {
  it('is what the sum of the terms says', () => {
    expect(chanceOfAtMost(0, 4.6)).toBeCloseTo(0.01005, 4)
    expect(chanceOfAtMost(0, 13.8)).toBeCloseTo(1.0156e-6, 9)
    expect(chanceOfAtMost(3, 10)).toBeCloseTo(0.010336, 6)
    expect(chanceOfAtMost(850, 1_000) / 6.1e-7).toBeGreaterThan(0.5)
    expect(chanceOfAtMost(850, 1_000) / 6.1e-7).toBeLessThan(2)
    expect(chanceOfAtMost(-1, 5)).toBe(0)
    expect(FALSE_ALARM_AN_HOUR * 24 * 365).toBeLessThan(0.01)
  })
})
