import { describe, expect, it } from 'vitest'
import { HOP_RULES } from '../../src/hopping/hop-rule.js'
import { NAIVE_PPLNS, PROP, UNIT_PPLNS } from '../../src/hopping/pay-rule.js'
import { simulateHopping } from '../../src/hopping/simulate-hopping.js'

/** Steeper than the chain's, so that few blocks tell a gain from luck. */
const OPTIONS = { seed: 7, blockCount: 8_000, retargetFactor: 1.4 }
const [YOUNG, FALL] = [HOP_RULES[0]!, HOP_RULES[1]!]
/** Luck goes further than that once in 15,000 times, and the seed is fixed. */
const SIGMAS = 4

describe('a hopper', () => {
  it('takes 28 % more by leaving the rounds of PROP when they are 43.5 % old', () => {
    const { hopper, loyal } = simulateHopping(YOUNG, PROP, OPTIONS)
    expect(Math.abs(hopper.mean - 0.28)).toBeLessThan(SIGMAS * hopper.error)
    expect(hopper.mean).toBeGreaterThan(0.2)
    expect(Math.abs(loyal.mean)).toBeLessThan(0.03 + SIGMAS * loyal.error)
  })

  it('gains before the difficulty falls where a window goes by the difficulty at the block', () => {
    const { here } = simulateHopping(FALL, NAIVE_PPLNS, OPTIONS)
    expect(here.mean).toBeGreaterThan(SIGMAS * here.error)
  })

  it.each(HOP_RULES)('gains nothing at this pool by mining $name', (rule) => {
    const { here, hopper, loyal } = simulateHopping(rule, UNIT_PPLNS, OPTIONS)
    for (const gain of [here, hopper, loyal]) expect(Math.abs(gain.mean)).toBeLessThan(SIGMAS * gain.error)
  })
})

describe('the simulation', () => {
  it('gives the same for the same seed, and else something else', () => {
    const options = { ...OPTIONS, blockCount: 500 }
    const once = simulateHopping(YOUNG, UNIT_PPLNS, options)
    expect(simulateHopping(YOUNG, UNIT_PPLNS, options)).toEqual(once)
    expect(simulateHopping(YOUNG, UNIT_PPLNS, { ...options, seed: 8 })).not.toEqual(once)
  })
})
