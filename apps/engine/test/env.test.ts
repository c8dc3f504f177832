import { describe, expect, test } from 'vitest'
import { ConfigError, describeSettings, parseEngineOptions } from '../src/env.js'

const COMPLETE = {
  BITCOIND_URLS: 'http://user:secret@127.0.0.1:8332',
  DATABASE_URL: 'postgresql://pool:secret@127.0.0.1/headframe',
  REDIS_URL: 'redis://127.0.0.1',
  POOL_ADDRESS: 'bcrt1qexample',
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseEngineOptions(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1)
    throw error
  }
  return []
}

describe('the engine reads its environment', () => {
  test('and needs little of it', () => {
    const options = parseEngineOptions(COMPLETE)
    expect(options).toMatchObject({ POOL_FEE_BASIS_POINTS: 100, PPLNS_WINDOW: 4, JOB_MAX_AGE_SECONDS: 600 })
    expect(options.STRATUM_PORTS.map(({ mode }) => mode)).toEqual(['pplns', 'solo'])
    expect(Object.isFrozen(options)).toBe(true)
  })

  test('an empty variable counts as not set', () => {
    expect(parseEngineOptions({ ...COMPLETE, PPLNS_WINDOW: '' }).PPLNS_WINDOW).toBe(4)
  })

  test('all problems are told at once, by name', () => {
    const problems = problemsOf({
      BITCOIND_URLS: 'ftp://node',
      REDIS_URL: 'redis://127.0.0.1',
      POOL_ADDRESS: 'x',
      POOL_FEE_BASIS_POINTS: '10001',
      POOL_TAG: 'Grüße',
      STRATUM_PORTS: '3333 mode=prop',
    })
    expect(problems).toHaveLength(5)
    for (const name of [
      'BITCOIND_URLS',
      'DATABASE_URL is not set',
      'POOL_FEE',
      'POOL_TAG',
      'STRATUM_PORTS: port 3333',
    ]) {
      expect(problems.filter((problem) => problem.includes(name))).toHaveLength(1)
    }
  })

  test('a donation has an address and a part, and what is left is not less than nothing', () => {
    const address = { ...COMPLETE, DONATION_ADDRESS: 'bcrt1qdonation' }
    expect(parseEngineOptions({ ...address, DONATION_BASIS_POINTS: '50' })).toMatchObject({
      DONATION_ADDRESS: 'bcrt1qdonation',
      DONATION_BASIS_POINTS: 50,
    })
    const together = /DONATION_ADDRESS and DONATION_BASIS_POINTS: set both/
    expect(problemsOf(address)[0]).toMatch(together)
    expect(problemsOf({ ...COMPLETE, DONATION_BASIS_POINTS: '50' })[0]).toMatch(together)
    const all = { ...address, DONATION_BASIS_POINTS: '9901', POOL_FEE_BASIS_POINTS: '100' }
    expect(problemsOf(all)[0]).toContain('more than 10000 together')
  })

  test('a port with TLS needs a certificate, and one behind a proxy needs trusted addresses', () => {
    const ports = { ...COMPLETE, STRATUM_PORTS: '3333; 3443 tls; 3334 proxy; 3444 tls proxy' }
    const problems = problemsOf({ ...ports, STRATUM_TLS_CERT_FILE: 'pool.crt' })
    expect(problems.map((problem) => /port \d+ has \w+; (?:set|list in) [A-Z_]+/.exec(problem)?.[0])).toEqual(
      [
        'port 3443 has tls; set STRATUM_TLS_CERT_FILE',
        'port 3334 has proxy; list in STRATUM_TRUSTED_PROXIES',
        'port 3444 has tls; set STRATUM_TLS_CERT_FILE',
        'port 3444 has proxy; list in STRATUM_TRUSTED_PROXIES',
      ],
    )
    const given = {
      STRATUM_TLS_CERT_FILE: '/etc/pool.crt',
      STRATUM_TLS_KEY_FILE: '/etc/pool.key',
      STRATUM_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    }
    expect(parseEngineOptions({ ...ports, ...given })).toMatchObject(given)
    expect(problemsOf({ ...ports, ...given, STRATUM_TRUSTED_PROXIES: 'proxy.example' })).toEqual([
      expect.stringContaining('STRATUM_TRUSTED_PROXIES: "proxy.example" is not an address'),
    ])
  })

  test('a port that pays each share needs a reserve, and is told how large one is', () => {
    const ports = { ...COMPLETE, STRATUM_PORTS: '3333; 3335 mode=fpps', FPPS_FEE_BASIS_POINTS: '200' }
    expect(problemsOf(ports)).toEqual([
      expect.stringMatching(
        /port 3335 pays each share .*; set FPPS_RESERVE_BTC .* what 173 blocks pay once in 1000 times/,
      ),
    ])
    expect(parseEngineOptions({ ...ports, FPPS_RESERVE_BTC: '540.5' }).FPPS_RESERVE_BTC).toBe(54_050_000_000n)
    expect(problemsOf({ ...ports, FPPS_RESERVE_BTC: '0' })[0]).toContain('takes an amount of bitcoin above 0')
    expect(problemsOf({ ...ports, FPPS_FEE_BASIS_POINTS: '0' })[0]).toContain('FPPS_FEE_BASIS_POINTS')
  })

  test('what is printed holds no password', () => {
    const lines = describeSettings(COMPLETE)
    expect(JSON.stringify(lines)).not.toContain('secret')
    expect(lines.find(({ name }) => name === 'BITCOIND_URLS')).toMatchObject({ isDefault: false })
    expect(lines.find(({ name }) => name === 'PPLNS_WINDOW')).toEqual({
      name: 'PPLNS_WINDOW',
      value: '4',
      isDefault: true,
    })
  })
})
