import { describe, expect, test } from 'vitest'
import { isListed } from '../../src/address-list.js'
import { ConfigError } from '../../src/env.js'
import { limitsOf } from './open-guard.js'

describe('the limits of a process', () => {
  test('are a share of those of the pool, rounded up, and all of those of a connection', () => {
    const options = limitsOf({
      STRATUM_PROCESSES: '4',
      STRATUM_MAX_CONNECTIONS: '1000',
      STRATUM_MAX_CONNECTIONS_PER_ADDRESS: '10',
      STRATUM_MAX_CONNECTIONS_PER_SUBNET: '1',
      STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: '8',
      STRATUM_MAX_MESSAGES_PER_SECOND: '100',
      STRATUM_MAX_MESSAGES_PER_SECOND_PER_ADDRESS: '100',
      STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS: '1000',
      STRATUM_MAX_SUBMITS_PER_SECOND: '50',
      STRATUM_MAX_SUBMITS_PER_SECOND_PER_MINER: '50',
      STRATUM_MAX_MEMORY_MIB: '2',
    })
    expect(options).toMatchObject({
      maxConnections: 250,
      maxConnectionsPerAddress: 3,
      maxConnectionsPerSubnet: 1,
      newConnectionsPerSecond: 2,
      messagesPerSecond: 100,
      messagesPerSecondPerAddress: 25,
      transactionBytesPerSecondPerAddress: 250,
      submitsPerSecond: 50,
      submitsPerSecondPerMiner: 13,
      maxMemoryBytes: 2_097_152,
    })
    expect(Object.isFrozen(options)).toBe(true)
  })

  test('of 0 are none', () => {
    const options = limitsOf({
      STRATUM_MAX_CONNECTIONS: '0',
      STRATUM_MAX_SUBMITS_PER_SECOND: '0',
      STRATUM_MAX_MEMORY_MIB: '0',
    })
    expect(options.maxConnections).toBe(Infinity)
    expect(options.submitsPerSecond).toBe(Infinity)
    expect(options.maxMemoryBytes).toBe(Infinity)
    expect(options.maxFailedHandshakes).toBe(Infinity)
  })

  test('by default never ban this machine', () => {
    const { neverBan } = limitsOf()
    expect(['127.0.0.1', '::1', '192.0.2.7'].map((address) => isListed(neverBan, address))).toEqual([
      true,
      true,
      false,
    ])
  })

  test.each([
    ['STRATUM_NEVER_BAN', 'home', 'STRATUM_NEVER_BAN: "home" is not an address'],
    ['STRATUM_MAX_LINE_BYTES', '10', 'STRATUM_MAX_LINE_BYTES'],
    ['STRATUM_BAN_REJECT_PERCENT', '0', 'STRATUM_BAN_REJECT_PERCENT'],
    ['STRATUM_MAX_CONNECTIONS', '-1', 'STRATUM_MAX_CONNECTIONS'],
  ])('%s=%s is refused by name', (name, value, message) => {
    expect(() => limitsOf({ [name]: value })).toThrow(ConfigError)
    expect(() => limitsOf({ [name]: value })).toThrow(message)
  })
})
