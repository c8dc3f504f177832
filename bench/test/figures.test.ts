import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasShaInstructions } from '../src/machine.js'
import { highestDelayMs } from '../src/measure/event-loop-delay.js'
import { partWithin } from '../src/measure/histogram.js'
import { isSettled } from '../src/measure/resident-memory.js'
import { percentile } from '../src/percentile.js'
import { rowOfRounds } from '../src/rounds.js'
import { idleShare, scaling } from '../src/scaling.js'
import type { Round } from '../src/submit-rounds.js'

const NO_INSTRUCTIONS = 'flags\t\t: fpu sse2 avx2\n'

describe('the part of a histogram', () => {
  const text = [
    '',
    '{le="0.005",node="a"} 3',
    '{le="0.01",node="a"} 4',
    '{le="+Inf",node="a"} 4',
    '{node="b",le="0.005"} 1',
    '{node="b",le="+Inf"} 4',
    '',
  ]
    .join('\nsent_seconds_bucket')
    .replace(/sent_seconds_bucket$/, 'sent_seconds_sum{node="a"} 1')
  it('is counted over all labels', () => {
    expect(partWithin(text, 'sent_seconds', 0.005)).toBe(0.5)
  })
  it('is none where nothing was observed', () => {
    expect(() => partWithin(text, 'other_seconds', 0.005)).toThrow('nothing was observed as other_seconds')
  })
})

describe('percentile', () => {
  it('is a sample that as many samples do not exceed', () => {
    const samples = fc.array(fc.double({ noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentile(values, percent)
        const notAbove = values.filter((value) => value <= found).length
        const below = values.filter((value) => value < found).length
        expect(values).toContain(found)
        expect(notAbove).toBeGreaterThanOrEqual((percent / 100) * values.length)
        expect(below).toBeLessThan((percent / 100) * values.length)
      }),
    )
  })

  it('sorts numbers as numbers, and has none of nothing', () => {
    expect(percentile([10, 9, 1], 100)).toBe(10)
    expect(percentile([10, 9, 1], 0)).toBe(1)
    expect(() => percentile([], 50)).toThrow('no samples')
  })
})

describe('a row of rounds', () => {
  it('calls the lowest best, or the highest where more is better', () => {
    const time = rowOfRounds({ what: 'a', unit: 'ms' }, [3, 1, 2])
    expect(time).toMatchObject({ median: 2, best: 1, worst: 3 })
    const rate = rowOfRounds({ what: 'a', unit: 'shares/s', isMoreBetter: true }, [3, 1, 2])
    expect(rate).toMatchObject({ median: 2, best: 3, worst: 1 })
  })
})

describe('scaling', () => {
  const round = (accepted: number, cpuMs: number[], idleMs = 0): Round => {
    return {
      accepted,
      cpuMs,
      userMs: cpuMs,
      idleMs,
      tookMs: 1_000,
      loadCpuMs: 0,
      latenciesMs: new Float64Array(0),
    }
  }

  it('is the number of processes when nothing is lost', () => {
    expect(scaling(round(100, [50]), round(100, [25, 25]))).toBe(2)
    expect(scaling(round(100, [50]), round(400, [50, 50, 50, 50]))).toBe(4)
  })

  it('is less when shares cost more, or one process has most of the work', () => {
    expect(scaling(round(100, [50]), round(100, [50, 50]))).toBe(1)
    expect(scaling(round(100, [50]), round(100, [40, 10]))).toBe(1.25)
  })

  it('goes with how long the cores were idle', () => {
    expect(idleShare(round(100, [50], 500), 2)).toBe(25)
  })
})

describe('what is read of the machine', () => {
  it('memory has settled when several readings lie close together', () => {
    expect(isSettled([100, 100, 100, 100])).toBe(false)
    expect(isSettled([1000, 1001, 1002, 1001, 1000])).toBe(true)
    expect(isSettled([1000, 1001, 1010, 1001, 1000])).toBe(false)
  })

  it('SHA instructions have a name on each kind of processor', () => {
    expect(hasShaInstructions('flags\t\t: fpu sse2 sha_ni avx2\n')).toBe(true)
    expect(hasShaInstructions('Features\t: fp asimd sha1 sha2 crc32\n')).toBe(true)
    expect(hasShaInstructions(NO_INSTRUCTIONS)).toBe(false)
    expect(hasShaInstructions(`model name\t: sha_ni\n${NO_INSTRUCTIONS}`)).toBe(false)
  })

  it('the event-loop delay is the highest that was published since', () => {
    const entry = (atMs: number, eventLoopDelayP99Ms?: number): string =>
      JSON.stringify({ atMs, connections: 1, workers: 1, eventLoopDelayP99Ms })
    expect(highestDelayMs([entry(10, 3), entry(11, 7), entry(5, 99)], 9)).toBe(7)
    expect(highestDelayMs([entry(10), entry(5, 99)], 9)).toBeNull()
  })
})
