import { describe, expect, it } from 'vitest'
import { MAX_ENTRIES, MomentCache } from '../../src/server/cache'

function cacheAt() {
  const clock = { nowMs: 0 }
  return { clock, cache: new MomentCache(() => clock.nowMs) }
}

describe('MomentCache', () => {
  it('asks once while an answer is on its way and for a moment after', async () => {
    const { clock, cache } = cacheAt()
    let asked = 0
    const ask = () => cache.get('key', () => Promise.resolve(++asked))
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
    clock.nowMs = 999
    expect(await ask()).toBe(1)
    clock.nowMs = 2000
    expect(await ask()).toBe(2)
  })

  it('lets nobody wait for the next answer while the one before is not too old', async () => {
    const { clock, cache } = cacheAt()
    const waiting: ((answer: string) => void)[] = []
    const ask = () => cache.get('key', () => new Promise<string>((resolve) => waiting.push(resolve)))
    const first = ask()
    waiting[0]!('first')
    expect(await first).toBe('first')
    clock.nowMs = 1000
    expect(await Promise.all([ask(), ask()])).toEqual(['first', 'first'])
    expect(waiting).toHaveLength(2)
    clock.nowMs = 1999
    expect(await ask()).toBe('first')
    waiting[1]!('second')
    await Promise.resolve()
    expect(await ask()).toBe('second')
    expect(waiting).toHaveLength(2)
    // As old as it was when it was asked for, not when it came.
    clock.nowMs = 3000
    const third = ask()
    waiting[2]!('third')
    expect(await third).toBe('third')
  })

  it('gives the answer before when the next one fails, and the error when that is too old', async () => {
    const { clock, cache } = cacheAt()
    const away = () => Promise.reject(new Error('away'))
    await cache.get('key', () => Promise.resolve('first'))
    clock.nowMs = 1500
    expect(await cache.get('key', away)).toBe('first')
    expect(await cache.get('key', away)).toBe('first')
    clock.nowMs = 2000
    await expect(cache.get('key', away)).rejects.toThrow('away')
  })

  it('keeps no error', async () => {
    const { cache } = cacheAt()
    await expect(cache.get('key', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await cache.get('key', () => Promise.resolve('back'))).toBe('back')
  })

  it('is not emptied by the late error of an entry that was replaced', async () => {
    const { clock, cache } = cacheAt()
    let fail: (error: Error) => void = () => undefined
    const slow = cache.get('key', () => new Promise<string>((_, reject) => (fail = reject)))
    clock.nowMs = 2000
    await cache.get('key', () => Promise.resolve('new'))
    fail(new Error('late'))
    await expect(slow).rejects.toThrow('late')
    expect(await cache.get('key', () => Promise.resolve('asked again'))).toBe('new')
  })

  it('holds a bounded number of answers, and lets the oldest go', async () => {
    const { cache } = cacheAt()
    const ask = (key: number, answer: string) => cache.get(String(key), () => Promise.resolve(answer))
    for (let key = 0; key <= MAX_ENTRIES; key += 1) await ask(key, 'first')
    expect(await ask(MAX_ENTRIES, 'second')).toBe('first')
    expect(await ask(0, 'second')).toBe('second')
  })
})
