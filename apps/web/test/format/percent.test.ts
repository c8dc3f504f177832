import { expect, it } from 'vitest'
import { formatMs } from '../../src/format/ms'
import { formatChange, formatRatio } from '../../src/format/percent'
import { formatMeanSats } from '../../src/format/sats'

it('a ratio is a percentage of three digits, and a multiple where it is large', () => {
  expect([0, 0.00001, 0.0042, 0.123, 1.044, 9.99, 21.47].map(formatRatio)).toEqual([
    ...['0 %', '< 0.01 %', '0.42 %', '12.3 %', '104 %', '999 %', '21.5×'],
  ])
})

it('a change has its sign', () => {
  expect([1.032, 0.992, 1].map(formatChange)).toEqual(['+3.2 %', '−0.8 %', '+0.0 %'])
})

it('an average of satoshis says what it is worth, and not that it is whole', () => {
  expect([0, 0.001, 0.42, 12.6, 1_234_567.8].map(formatMeanSats)).toEqual([
    ...['0 sats', '< 0.01 sats', '0.42 sats', '13 sats', '1,234,568 sats'],
  ])
})

it('a short time has the digits that it is known by', () => {
  expect([0.42, 7.31, 15.71, 412.4, 3_210].map(formatMs)).toEqual([
    ...['0.42 ms', '7.31 ms', '15.7 ms', '412 ms', '3.2 s'],
  ])
})
