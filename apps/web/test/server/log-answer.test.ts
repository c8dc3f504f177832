import { describe, expect, it } from 'vitest'
import { refuse } from '../../src/server/error/refuse'
import {
  answerWithin,
  bytesAnswer,
  FOR_EVER,
  jsonAnswer,
  notFound,
  numberOf,
} from '../../src/server/log-answer'
import { streamOf } from '../../src/server/stream-of'

describe('an answer of the public log', () => {
  it.each([
    ['12.json', 12],
    ['1.json', 1],
    ['0.json', undefined],
    ['01.json', undefined],
    ['12.bin', undefined],
    ['12xjson', undefined],
    ['-1.json', undefined],
    ['1e3.json', undefined],
    [`${'9'.repeat(16)}.json`, undefined],
  ])('takes %s for %s', (file, number) => {
    expect(numberOf(file, 'json')).toBe(number)
  })

  it('may be kept for ever when it is sealed, and never when it is missing; anybody may read it', async () => {
    const sealed = jsonAnswer('{}', FOR_EVER)
    expect(sealed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const answer of [sealed, bytesAnswer(Uint8Array.of(1)), notFound('No.')]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect(notFound('No.').headers.get('cache-control')).toBe('no-store')
    expect(await notFound('No.').text()).toBe('No.\n')
  })

  it('is refused to who has asked too often, with the time to come back, and counted as what it is', async () => {
    const counted: string[] = []
    const meterOf = (left: number) => (headers: Headers) => ({
      callerOf: () => 'somebody',
      take: (_viewer: unknown, cost: string) => {
        counted.push(cost)
        if (left > 0) return Promise.resolve()
        headers.set('retry-after', '17')
        return Promise.reject(refuse('rate-limited', 'More than 5 calls.'))
      },
    })
    const make = () => Promise.resolve(jsonAnswer('{}', FOR_EVER))
    expect((await answerWithin(meterOf(1), make)).status).toBe(200)
    const refused = await answerWithin(meterOf(0), () => Promise.reject(new Error('must not be made')))
    expect(refused.status).toBe(429)
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '17',
      'cache-control': 'no-store',
    })
    expect(await refused.text()).toBe('More than 5 calls.\n')
    expect(counted).toEqual(['log', 'log'])
  })

  it('is read no faster than its reader takes it, and its source is let go when he leaves', async () => {
    const events: string[] = []
    async function* numbers(): AsyncGenerator<number> {
      try {
        for (let n = 0; ; n++) {
          events.push(`made ${n}`)
          yield await Promise.resolve(n)
        }
      } finally {
        events.push('let go')
      }
    }
    const reader = streamOf(numbers(), (n) => Uint8Array.of(n)).getReader()
    expect((await reader.read()).value).toEqual(Uint8Array.of(0))
    await reader.cancel()
    expect(events.at(-1)).toBe('let go')
    expect(events.length).toBeLessThan(5)
  })
})
