import { describe, expect, it } from 'vitest'
import { NETWORKS, networkOfChain, type Network } from '../../src/chain/network.js'
import { subsidySats } from '../../src/chain/subsidy.js'

describe('subsidySats', () => {
  it.each([
    [0, 'mainnet', 5_000_000_000n],
    [209_999, 'mainnet', 5_000_000_000n],
    [210_000, 'mainnet', 2_500_000_000n],
    [420_000, 'mainnet', 1_250_000_000n],
    [630_000, 'mainnet', 625_000_000n],
    [840_000, 'mainnet', 312_500_000n],
    [1_050_000, 'testnet4', 156_250_000n],
    [32 * 210_000, 'mainnet', 1n],
    [33 * 210_000, 'mainnet', 0n],
    [64 * 210_000, 'mainnet', 0n],
    [149, 'regtest', 5_000_000_000n],
    [150, 'regtest', 2_500_000_000n],
  ] as const)('at height %i of %s', (height, network, sats) => {
    expect(subsidySats(height, network)).toBe(sats)
  })

  it('sums to a little less than 21 million bitcoin (Bitcoin Core src/test/validation_tests.cpp)', () => {
    let sum = 0n
    for (let height = 0; height < 14_000_000; height += 1000) sum += subsidySats(height, 'mainnet') * 1000n
    expect(sum).toBe(2_099_999_997_690_000n)
  })
})

describe('networkOfChain', () => {
  it('knows each network by the name its node uses', () => {
    for (const network of Object.keys(NETWORKS) as Network[]) {
      expect(networkOfChain(NETWORKS[network].chain)).toBe(network)
    }
    expect(networkOfChain('mainnet')).toBeUndefined()
    expect(networkOfChain('')).toBeUndefined()
  })
})
