import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earliestNextTime } from '../../src/chain/earliest-next-time.js'
import { medianTimePast } from '../../src/chain/median-time-past.js'
import { NETWORKS, type Network } from '../../src/chain/network.js'
import { nextNbits, retargetedNbits } from '../../src/chain/next-nbits.js'
import { targetOfNbits } from '../../src/chain/target.js'
import { anyHeaders, EASIEST, HARDER, headerAt, windowOver } from './header-chain.js'

const { powLimit } = NETWORKS.mainnet
const START = 1_700_000_000

describe('retargetedNbits', () => {
  // Bitcoin Core src/test/pow_tests.cpp: get_next_work and what follows it.
  it.each([
    ['block 30240 to 32255', 0x1d00ffff, 1261130161, 1262152739, 0x1d00d86a],
    ['the limit of the target', 0x1d00ffff, 1231006505, 1233061996, 0x1d00ffff],
    ['the limit of a fall, at block 66528', 0x1c05a3f4, 1279008237, 1279297671, 0x1c0168fd],
    ['the limit of a rise', 0x1c387f6f, 1263163443, 1269211443, 0x1d00e1fd],
  ])('agrees with Bitcoin Core: %s', (_name, nbits, first, last, next) => {
    expect(retargetedNbits(nbits, last - first, powLimit)).toBe(next)
  })

  it('changes a target by a factor of four at most, and never makes it easier than the network allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0x1b000001, max: 0x1b7fffff }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (nbits, seconds) => {
          const before = targetOfNbits(nbits)!
          const after = targetOfNbits(retargetedNbits(nbits, seconds, powLimit))!
          expect(after <= powLimit && after <= before * 4n).toBe(true)
          // The compact form cuts off what is below its 15 bits.
          expect(after + (after >> 7n) >= before / 4n).toBe(true)
        },
      ),
    )
  })
})

/** A whole period but for its last blocks, ten minutes each. */
function periodOf(network: Network, length: number, tail: { ntime: number; nbits: number }) {
  const headers = Array.from({ length: length - 1 }, (_, height) =>
    headerAt(height, START + 600 * height, HARDER),
  )
  return windowOver(network, 0, [...headers, headerAt(length - 1, tail.ntime, tail.nbits)])
}

describe('nextNbits', () => {
  const last = { ntime: START + 600 * 2_014, nbits: HARDER }

  it.each(['mainnet', 'testnet3', 'testnet4'] as const)(
    'changes on %s with the first block of a period',
    (network) => {
      const before = periodOf(network, 2_015, last)
      expect(nextNbits(before, last.ntime + 600)).toBe(HARDER)
      const halfTime = { ...last, ntime: START + 300 * 2_016 }
      const boundary = periodOf(network, 2_016, halfTime)
      expect(nextNbits(boundary, halfTime.ntime + 600)).toBe(
        retargetedNbits(HARDER, halfTime.ntime - START, powLimit),
      )
      // The rule of minimum difficulty does not hold for that block, however late it is.
      expect(nextNbits(boundary, halfTime.ntime + 90_000)).toBe(nextNbits(boundary, halfTime.ntime + 600))
    },
  )

  it('starts from the last block on testnet3 and from the first on testnet4 (BIP 94)', () => {
    const easyLast = { ntime: START + 600 * 2_015, nbits: EASIEST }
    expect(nextNbits(periodOf('testnet3', 2_016, easyLast), 0)).toBe(
      retargetedNbits(EASIEST, 600 * 2_015, powLimit),
    )
    expect(nextNbits(periodOf('testnet4', 2_016, easyLast), 0)).toBe(
      retargetedNbits(HARDER, 600 * 2_015, powLimit),
    )
  })

  it('is the easiest after twenty minutes on test networks, and otherwise that of the last ordinary block', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('testnet3' as const, 'testnet4' as const),
        anyHeaders({ minLength: 1, maxLength: 60 }),
        fc.integer({ min: -600, max: 4_000 }),
        (network, headers, gap) => {
          const window = windowOver(network, 0, headers)
          const ordinary = headers.findLast(({ nbits }) => nbits !== EASIEST) ?? headers[0]!
          expect(nextNbits(window, window.ntimes.at(-1)! + gap)).toBe(gap > 1_200 ? EASIEST : ordinary.nbits)
        },
      ),
    )
  })

  it('stays as it is on mainnet, however late the block, and on regtest for ever', () => {
    const headers = [headerAt(0, START, HARDER)]
    expect(nextNbits(windowOver('mainnet', 0, headers), START + 90_000)).toBe(HARDER)
    const regtest = { ...windowOver('regtest', 0, headers), height: 143, nbits: 0x207fffff }
    expect(nextNbits(regtest, START + 90_000)).toBe(0x207fffff)
  })
})

describe('the earliest time of the next block', () => {
  it('is just above the median of the last eleven', () => {
    fc.assert(
      fc.property(anyHeaders({ minLength: 1, maxLength: 30 }), (headers) => {
        const window = windowOver('mainnet', 0, headers)
        const earliest = earliestNextTime(window)
        const times = headers.slice(-11).map(({ ntime }) => ntime)
        expect(times.filter((ntime) => ntime < earliest).length).toBeGreaterThan(times.length / 2)
        expect(times.filter((ntime) => ntime >= earliest - 1).length).toBeGreaterThanOrEqual(times.length / 2)
      }),
    )
  })

  it('is at most ten minutes before the tip where a period begins (BIP 94)', () => {
    const tail = { ntime: START + 600 * 2_015 + 9_000, nbits: HARDER }
    const boundary = periodOf('testnet4', 2_016, tail)
    expect(earliestNextTime(boundary)).toBe(tail.ntime - 600)
    expect(medianTimePast(boundary.ntimes)).toBeLessThan(tail.ntime - 600)
    expect(earliestNextTime({ ...boundary, height: 2_014 })).toBe(medianTimePast(boundary.ntimes) + 1)
  })

  it('needs a block', () => {
    expect(() => medianTimePast([])).toThrow(RangeError)
  })
})
