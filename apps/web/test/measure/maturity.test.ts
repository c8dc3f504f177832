import { describe, expect, it } from 'vitest'
import { blocksOnTop, blocksToMaturity } from '../../src/measure/maturity'

describe('maturity', () => {
  it.each([
    [0, 0, 100],
    [1, 0, 100],
    [2, 1, 99],
    [100, 99, 1],
    [101, 100, 0],
    [4000, 100, 0],
  ])('%d confirmations are %d on top, %d to go', (confirmations, onTop, toGo) => {
    expect(blocksOnTop(confirmations)).toBe(onTop)
    expect(blocksToMaturity(confirmations)).toBe(toGo)
  })
})
