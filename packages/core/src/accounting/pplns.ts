import type { Scheme } from './scheme.js'
import { splitSolo } from './solo.js'
import { splitReward } from './split-reward.js'

/**
 * Unit-PPLNS: a block is cut by what the shares of its window score, whoever found it, but for his bonus. One without a
 * share before it is its finder's.
 */
export const pplns: Scheme = {
  mode: 'pplns',
  hasWindow: true,
  split({ finder, poolSats, feeBasisPoints, finderBonusBasisPoints, scores }) {
    const terms = { coinbaseValueSats: poolSats, feeBasisPoints }
    if (scores.size === 0) return splitSolo(terms, finder)
    return splitReward({ ...terms, bonus: { finder, basisPoints: finderBonusBasisPoints } }, scores)
  },
}
