import { expect, test } from 'vitest'
import { periodOf } from '../../src/chain/difficulty-period.js'
import type { ChainWindow } from '../../src/chain/chain-window.js'

const window: ChainWindow = {
  network: 'mainnet',
  hash: new Uint8Array(32),
  height: 2_016 * 3 + 15,
  chainwork: 1n,
  ntimes: [900, 1_000],
  nbits: 0x1d00ffff,
  periodStart: { ntime: 100, nbits: 0x1d00ffff },
  ordinaryNbits: 0x1d00ffff,
}

test('a period begins and ends where the difficulty changes', () => {
  const period = { startHeight: 6_048, endHeight: 8_064, startNtime: 100, tipNtime: 1_000, tipHeight: 6_063 }
  expect(periodOf(window)).toEqual(period)
  expect(periodOf({ ...window, height: 8_063 })).toMatchObject({ startHeight: 6_048, endHeight: 8_064 })
  expect(periodOf({ ...window, height: 8_064 })).toMatchObject({ startHeight: 8_064, endHeight: 10_080 })
})

test('where the difficulty never changes there is none', () => {
  expect(periodOf({ ...window, network: 'regtest' })).toBeUndefined()
})
