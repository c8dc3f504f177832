import { bytesToHex } from '@headframe/core/bytes'
import { describe, expect, test } from 'vitest'
import { ConfigError, parseEngineOptions } from '../../src/env.js'
import { planCoinbase } from '../../src/payout/plan-coinbase.js'

const POOL = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const OTHER = 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn'

const optionsWith = (settings: Record<string, string>) =>
  parseEngineOptions({
    BITCOIND_URLS: 'http://127.0.0.1:8332',
    DATABASE_URL: 'postgresql://127.0.0.1/x',
    REDIS_URL: 'redis://127.0.0.1',
    POOL_ADDRESS: POOL,
    POOL_FEE_BASIS_POINTS: '150',
    ...settings,
  })

describe('who is paid by a coinbase', () => {
  test('is the pool, and on a solo port the finder but for the fee', () => {
    const { restScript, fixed, solo } = planCoinbase(optionsWith({}), 'regtest')
    expect(bytesToHex(restScript)).toBe('0014751e76e8199196d454941c45d1b3a323f1433bd6')
    expect(fixed).toEqual([])
    expect(solo).toEqual([{ script: restScript, basisPoints: 150 }])
  })

  test('is whoever is donated to as well, on every port', () => {
    const settings = { DONATION_ADDRESS: OTHER, DONATION_BASIS_POINTS: '50' }
    const { restScript, fixed, solo } = planCoinbase(optionsWith(settings), 'regtest')
    expect(fixed.map(({ basisPoints }) => basisPoints)).toEqual([50])
    expect(bytesToHex(fixed[0]!.script)).toMatch(/^76a914.{40}88ac$/)
    expect(solo).toEqual([{ script: restScript, basisPoints: 150 }, ...fixed])
  })

  test.each([
    ['POOL_ADDRESS', { POOL_ADDRESS: 'x' }],
    ['POOL_ADDRESS', { POOL_ADDRESS: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' }],
    ['DONATION_ADDRESS', { DONATION_ADDRESS: 'x', DONATION_BASIS_POINTS: '1' }],
  ])('an address in %s that is none of the network is named', (name, settings) => {
    const plan = () => planCoinbase(optionsWith(settings), 'regtest')
    expect(plan).toThrow(ConfigError)
    expect(plan).toThrow(name)
  })
})
