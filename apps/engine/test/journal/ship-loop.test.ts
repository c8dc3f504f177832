import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { MAX_RETRY_MS, POLL_MS, retryDelayMs, ShipLoop, type Ship } from '../../src/journal/ship-loop.js'
import { silent } from './journal-fixture.js'

const shipOf = (name: string, run: Ship['run']): Ship => ({ name, run })

describe('the ship loop', () => {
  it('runs each ship again and again, whatever becomes of the others', async () => {
    const runs = { good: 0, bad: 0, slow: 0 }
    const good = shipOf('good', () => {
      runs.good++
      return Promise.resolve()
    })
    const bad = shipOf('bad', () => {
      runs.bad++
      return Promise.reject(new Error('the database is away'))
    })
    const slow = shipOf('slow', async (signal) => {
      runs.slow++
      await sleep(60_000, undefined, { signal }).catch(() => undefined)
    })
    const loop = new ShipLoop({ ships: [bad, slow, good], log: silent })
    loop.start()
    while (runs.good < 4) await sleep(5)
    expect(runs.bad).toBeGreaterThan(0)
    expect(runs.slow).toBe(1)
    await loop.close()
    const after = { ...runs }
    await sleep(2 * POLL_MS)
    expect(runs).toEqual(after)
  })

  it('waits longer with each failure in a row, up to a bound, and starts over after a success', async () => {
    expect([1, 2, 3, 4].map(retryDelayMs)).toEqual([100, 200, 400, 800])
    expect(retryDelayMs(1000)).toBe(MAX_RETRY_MS)
    const startedAtMs: number[] = []
    const ship = shipOf('flaky', () => {
      startedAtMs.push(performance.now())
      return [1, 2, 3, 5].includes(startedAtMs.length) ? Promise.reject(new Error('away')) : Promise.resolve()
    })
    const loop = new ShipLoop({ ships: [ship], log: silent })
    loop.start()
    while (startedAtMs.length < 6) await sleep(5)
    await loop.close()
    const waits = startedAtMs.slice(1).map((at, i) => at - startedAtMs[i]!)
    const atLeast = [100, 200, 400, POLL_MS, 100]
    atLeast.forEach((ms, i) => expect(waits[i]).toBeGreaterThan(ms - 2))
    // The fourth wait is a poll, the fifth a first retry: neither remembers the failures before.
    expect(waits[4]).toBeLessThan(750)
  })

  it('tells the log when a ship gets into trouble and when it is out of it, not each time', async () => {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    let runs = 0
    const ship = shipOf('flaky', () => (++runs < 4 ? Promise.reject(new Error('away')) : Promise.resolve()))
    const loop = new ShipLoop({ ships: [ship], log })
    loop.start()
    while (runs < 6) await sleep(5)
    await loop.close()
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'shipper: cannot go on; trying again',
      'shipper: goes on',
    ])
  })
})
