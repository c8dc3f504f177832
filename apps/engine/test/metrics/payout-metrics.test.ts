import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { showDirectWindow } from '../../src/metrics/direct-metrics.js'
import { showPayouts, type MoneyFigures } from '../../src/metrics/payout-metrics.js'

const FIGURES: MoneyFigures = {
  byState: new Map([
    ['planned', 2],
    ['settled', 7],
  ]),
  stuck: 1,
  oldestOpenAtMs: 1_000,
  isPaused: true,
  problem: undefined,
  availableSats: 2_100_000_000_000_000n,
  lockedSats: 5n,
  immatureSats: 0n,
  walletSats: 9n,
  walletHasSats: undefined,
  alarms: new Map([['ledger', 1]]),
  nowMs: 61_000,
}

async function lines(registry: Registry): Promise<string[]> {
  const text = await registry.metrics()
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

test('payouts, what is owed, the wallet and alarms are told, by one reading a scrape', async () => {
  const registry = new Registry()
  let readings = 0
  showPayouts(registry, () => {
    readings += 1
    return Promise.resolve(FIGURES)
  })
  const told = await lines(registry)
  expect(told).toEqual(
    expect.arrayContaining([
      'headframe_payouts{state="planned"} 2',
      'headframe_payouts{state="broadcast"} 0',
      'headframe_payouts{state="settled"} 7',
      'headframe_payouts_stopped{by="own-problem"} 1',
      'headframe_payouts_stopped{by="pause"} 1',
      'headframe_payouts_stopped{by="problem-of-all"} 0',
      'headframe_payout_age_seconds{of="oldest"} 60',
      'headframe_owed_satoshis{part="available"} 2100000000000000',
      'headframe_owed_satoshis{part="locked"} 5',
      'headframe_wallet_satoshis{by="books"} 9',
      'headframe_alarms{name="ledger"} 1',
    ]),
  )
  // A wallet that does not answer has no balance, and not none.
  expect(told.filter((line) => line.includes('by="wallet"'))).toEqual([])
  expect(readings).toBe(1)
  await lines(registry)
  expect(readings).toBe(2)
})

test('a database that does not answer: nothing is told, also not what was told before', async () => {
  const registry = new Registry()
  let isAway = false
  showPayouts(registry, () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(FIGURES)))
  expect(await lines(registry)).not.toEqual([])
  isAway = true
  expect(await lines(registry)).toEqual([])
})

test('the window of direct ports: whether it pays, whom, and how old it is', async () => {
  const registry = new Registry()
  let isPaying = true
  showDirectWindow(registry, () =>
    isPaying ? { state: 'paying', minerCount: 12, ageMs: 4_500 } : { state: 'custodial', message: 'too old' },
  )
  expect(await lines(registry)).toEqual([
    'headframe_direct_paying 1',
    'headframe_direct_miners 12',
    'headframe_direct_window_age_seconds 4.5',
  ])
  isPaying = false
  expect(await lines(registry)).toEqual([
    'headframe_direct_paying 0',
    'headframe_direct_miners 0',
    'headframe_direct_window_age_seconds Nan',
  ])
})
