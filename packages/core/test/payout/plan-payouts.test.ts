import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outputScript } from '../../src/chain/output-script.js'
import { planPayouts, type DueMiner, type PlanOptions } from '../../src/payout/plan-payouts.js'

const DAY_MS = 86_400_000
const NOW_MS = 100 * DAY_MS
const OPTIONS: PlanOptions = {
  thresholdSats: 100_000n,
  minimumSats: 5_000n,
  maxAgeMs: 30 * DAY_MS,
  maxOutputs: 2,
  dailyLimitSats: undefined,
}

function miner(n: number, availableSats: bigint, ageDays = 1, thresholdSats?: bigint): DueMiner {
  const script = outputScript({ type: n % 2 === 0 ? 'p2wpkh' : 'p2pkh', payload: new Uint8Array(20).fill(n) })
  return { address: `addr${n}`, script, availableSats, thresholdSats, owedSinceMs: NOW_MS - ageDays * DAY_MS }
}

const amountsOf = (due: readonly DueMiner[], options: Partial<PlanOptions> = {}, spentSats = 0n) =>
  planPayouts(due, { ...OPTIONS, ...options }, NOW_MS, spentSats).batches.map((batch) =>
    batch.map(({ address, amountSats }) => [address, amountSats]),
  )

test('who is owed his threshold is paid all of it, in batches of so many outputs, who waits longest first', () => {
  const due = [miner(1, 100_000n, 1), miner(2, 99_999n, 2), miner(3, 300_000n, 3), miner(4, 200_000n, 2)]
  expect(amountsOf(due)).toEqual([
    [
      ['addr3', 300_000n],
      ['addr4', 200_000n],
    ],
    [['addr1', 100_000n]],
  ])
})

test('miners who are paid at one place are paid by different batches, and nobody else waits for that', () => {
  const { script } = miner(1, 0n)
  const due = [1, 2, 3, 4, 5].map((n) => ({
    ...miner(n, 100_000n, 10 - n),
    ...(n <= 3 ? { script } : {}),
  }))
  expect(amountsOf(due).map((batch) => batch.map(([address]) => address))).toEqual([
    ['addr1', 'addr4'],
    ['addr2', 'addr5'],
    ['addr3'],
  ])
})

test("a miner's own threshold stands before the pool's", () => {
  expect(amountsOf([miner(1, 50_000n, 1, 50_000n), miner(2, 500_000n, 1, 600_000n)])).toEqual([
    [['addr1', 50_000n]],
  ])
})

test('age pays below the threshold, but never below the minimum', () => {
  const due = [miner(1, 5_000n, 30), miner(2, 4_999n, 300), miner(3, 5_000n, 29)]
  expect(amountsOf(due)).toEqual([[['addr1', 5_000n]]])
  expect(amountsOf(due, { maxAgeMs: undefined })).toEqual([])
})

test('nobody is paid an output that is not worth spending, whatever the minimum', () => {
  const options = { minimumSats: 1n, thresholdSats: 1n }
  expect(amountsOf([miner(1, 545n), miner(2, 293n)], options)).toEqual([])
  expect(amountsOf([miner(1, 546n), miner(2, 294n)], options)).toEqual([
    [
      ['addr1', 546n],
      ['addr2', 294n],
    ],
  ])
})

test('what is over the daily limit waits, and is named', () => {
  const due = [miner(1, 400_000n, 3), miner(2, 400_000n, 2), miner(3, 100_000n, 1), miner(4, 1_000n, 1)]
  const { batches, postponed } = planPayouts(due, { ...OPTIONS, dailyLimitSats: 700_000n }, NOW_MS, 100_000n)
  expect(batches.flat().map(({ address }) => address)).toEqual(['addr1', 'addr3'])
  expect([...postponed]).toEqual([
    ['daily-limit', { miners: 1, sats: 400_000n }],
    ['below-minimum', { miners: 1, sats: 1_000n }],
  ])
})

test('more than a day has is paid in parts, on a day of its own', () => {
  const due = [miner(1, 1_000_000n, 3)]
  const options = { dailyLimitSats: 400_000n }
  expect(amountsOf(due, options)).toEqual([[['addr1', 400_000n]]])
  expect(amountsOf(due, options, 1n)).toEqual([])
})

test('no plan pays more than is owed, more than the limit, or anybody twice', () => {
  const dues = fc.array(
    fc.record({
      sats: fc.bigInt({ min: 0n, max: 1_000_000n }),
      age: fc.integer({ min: 0, max: 60 }),
      threshold: fc.option(fc.bigInt({ min: 1n, max: 500_000n }), { nil: undefined }),
    }),
    { maxLength: 30 },
  )
  const limit = fc.option(fc.bigInt({ min: 0n, max: 2_000_000n }), { nil: undefined })
  fc.assert(
    fc.property(dues, limit, fc.bigInt({ min: 0n, max: 2_000_000n }), (given, dailyLimitSats, spentSats) => {
      const due = given.map(({ sats, age, threshold }, n) => ({
        ...miner(n, sats, age, threshold),
        // Some are paid at one place.
        script: miner(n % 5, 0n).script,
      }))
      const { batches, postponed } = planPayouts(due, { ...OPTIONS, dailyLimitSats }, NOW_MS, spentSats)
      const items = batches.flat()
      expect(new Set(items.map(({ address }) => address)).size).toBe(items.length)
      for (const { address, amountSats } of items) {
        const owed = due.find((one) => one.address === address)!.availableSats
        expect(amountSats <= owed && amountSats >= OPTIONS.minimumSats).toBe(true)
      }
      const total = items.reduce((sum, { amountSats }) => sum + amountSats, 0n)
      if (dailyLimitSats !== undefined && total > 0n)
        expect(total + spentSats).toBeLessThanOrEqual(dailyLimitSats)
      const waiting = [...postponed.values()].reduce((sum, { miners }) => sum + miners, 0)
      expect(items.length + waiting).toBe(due.length)
      for (const batch of batches)
        expect(new Set(batch.map(({ script }) => script.join())).size).toBe(batch.length)
      expect(batches.every((batch) => batch.length > 0 && batch.length <= OPTIONS.maxOutputs)).toBe(true)
    }),
  )
})
