import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorthIt } from '../../src/bitcoind/fee-look.js'
import type { Work } from '../../src/bitcoind/work.js'
import { bestOffer, WorkDesk, type NamedOffer } from '../../src/bitcoind/work-desk.js'
import { templateOn } from '../job-on.js'
import { silent } from '../journal/journal-fixture.js'

const REFRESH_MS = 30_000

function offerOf(node: string, feesSats: bigint, atMs = 0): NamedOffer {
  return { node, offer: { template: { ...templateOn(1), feesSats }, parseMs: 1, bytes: 1, atMs } }
}

const WINDOW = {
  network: 'mainnet',
  hash: templateOn(1).prevHash,
  height: 900_000,
  chainwork: 1n,
  ntimes: [1_700_000_000],
  nbits: 0x17034219,
  periodStart: { ntime: 1_700_000_000, nbits: 0x17034219 },
  ordinaryNbits: 0x17034219,
} as const

function setUp(hasEmptyJobs = true) {
  const works: Work[] = []
  const clock = { nowMs: 0 }
  const desk = new WorkDesk(
    { refreshMs: REFRESH_MS, feeRisePercent: 5, hasEmptyJobs },
    { log: silent, nowMs: () => clock.nowMs, onWork: (work) => works.push(work) },
  )
  const kinds = () => works.map(({ kind, isNewTip, node }) => `${kind}${isNewTip ? '!' : ''} ${node}`)
  return { desk, works, clock, kinds }
}

describe('the work desk', () => {
  test('gives a tip its empty work once, its full one behind it, and only the first is clean', () => {
    const { desk, kinds } = setUp()
    desk.postEmpty(WINDOW, 'a')
    // Nothing is known yet of how a job has to be.
    expect(kinds()).toEqual([])
    desk.take(offerOf('a', 100n))
    desk.postEmpty(WINDOW, 'a')
    expect(kinds()).toEqual(['full! a'])
    desk.clear()
    desk.postEmpty(WINDOW, 'b')
    desk.postEmpty(WINDOW, 'a')
    desk.take(offerOf('a', 50n))
    desk.take(offerOf('b', 50n))
    expect(kinds()).toEqual(['full! a', 'empty! b', 'full a'])
  })

  test('says of each work why it was made', () => {
    const { desk, works, clock } = setUp()
    desk.take(offerOf('a', 100n))
    desk.clear()
    desk.postEmpty(WINDOW, 'a')
    desk.take(offerOf('a', 50n))
    desk.take(offerOf('a', 60n))
    clock.nowMs += REFRESH_MS
    desk.postBest([offerOf('a', 60n)])
    expect(works.map(({ reason }) => reason)).toEqual([
      'first-template',
      'new-tip',
      'first-template',
      'fees',
      'age',
    ])
  })

  test('has no empty work where it is turned off', () => {
    const { desk, kinds } = setUp(false)
    desk.take(offerOf('a', 100n))
    desk.clear()
    desk.postEmpty(WINDOW, 'a')
    desk.take(offerOf('a', 1n))
    expect(kinds()).toEqual(['full! a', 'full! a'])
  })

  test('hands out what pays enough more at once, whoever has it, and the rest when it is time', () => {
    const { desk, kinds, clock, works } = setUp()
    desk.take(offerOf('a', 100n))
    desk.take(offerOf('b', 104n))
    desk.take(offerOf('b', 105n))
    expect(kinds()).toEqual(['full! a', 'refresh b'])
    expect(desk.isRefreshDue).toBe(false)
    clock.nowMs += REFRESH_MS
    expect(desk.isRefreshDue).toBe(true)
    desk.postBest([offerOf('a', 90n), offerOf('b', 91n)])
    expect(works.at(-1)).toMatchObject({ kind: 'refresh', node: 'b', isNewTip: false })
    expect(desk.isRefreshDue).toBe(false)
    desk.postBest([])
    expect(works).toHaveLength(3)
  })

  test('stays with the node it has while no other pays more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ node: fc.constantFrom('a', 'b', 'c'), fees: fc.bigInt({ min: 0n, max: 3n }) })),
        fc.constantFrom('a', 'b', 'c', undefined),
        (given, chosen) => {
          const offers = given.map(({ node, fees }) => offerOf(node, fees))
          const best = bestOffer(offers, chosen)
          const most = offers.reduce(
            (max, { offer }) => (offer.template.feesSats > max ? offer.template.feesSats : max),
            -1n,
          )
          expect(best?.offer.template.feesSats ?? -1n).toBe(most)
          const richest = offers.filter(({ offer }) => offer.template.feesSats === most)
          const isChosenRich = richest.some(({ node }) => node === chosen)
          expect(best?.node).toBe(isChosenRich ? chosen : richest[0]?.node)
        },
      ),
    )
  })

  test('a rise is worth it by its share of what there was', () => {
    expect(isWorthIt(0n, 0n, 5)).toBe(false)
    expect(isWorthIt(1n, 0n, 5)).toBe(true)
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (fees, before) => {
          const isMore = fees > before && Number(fees - before) >= Number(before) * 0.05
          expect(isWorthIt(fees, before, 5)).toBe(isMore)
        },
      ),
    )
  })
})
