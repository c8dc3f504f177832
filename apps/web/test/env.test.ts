import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseWebOptions } from '../src/env'

const WORKING = { DATABASE_URL: 'postgresql://u@127.0.0.1:5432/d', REDIS_URL: 'redis://127.0.0.1:6379' }

describe('parseWebOptions', () => {
  it('fills in what may be left out, and counts an empty variable as left out', () => {
    expect(parseWebOptions({ ...WORKING, WEB_PORT: '', STRATUM_PUBLIC_HOST: '' })).toEqual({
      ...WORKING,
      WEB_HOST: '127.0.0.1',
      CONSOLE_KEY_FILE: resolve('.headframe/console.key'),
      WEB_PORT: 3000,
      WEB_RATE_LIMIT_FACTOR: 1,
      PAYOUT_ADDRESS_DELAY_HOURS: 72,
    })
  })

  it('lists every problem at once, by name', () => {
    const problems = problemsOf({
      REDIS_URL: 'http://x',
      WEB_PORT: '70000',
      STRATUM_PUBLIC_HOST: 'tcp://pool:1',
    })
    expect(problems).toHaveLength(4)
    expect(problems[0]).toBe('DATABASE_URL is not set')
    expect(problems[1]).toBe('REDIS_URL: takes a URL that starts with redis: or rediss://')
    expect(problems[2]).toMatch(/^WEB_PORT: /)
    expect(problems[3]).toBe('STRATUM_PUBLIC_HOST: takes a host name or address, without scheme and port')
  })

  it('reads a port as a whole number', () => {
    expect(parseWebOptions({ ...WORKING, WEB_PORT: '8080' }).WEB_PORT).toBe(8080)
    expect(problemsOf({ ...WORKING, WEB_PORT: '80.5' })).toHaveLength(1)
    expect(problemsOf({ ...WORKING, WEB_PORT: 'http' })).toHaveLength(1)
  })
})

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseWebOptions(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
