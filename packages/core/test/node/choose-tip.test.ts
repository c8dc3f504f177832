import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseTip, type Tip, type TipClaim } from '../../src/node/choose-tip.js'

const claim = (node: string, hash: string, chainwork: bigint, more: Partial<TipClaim> = {}): TipClaim => ({
  node,
  hash,
  chainwork,
  sinceMs: 0,
  isHealthy: true,
  ...more,
})
const AWAY = { isHealthy: false }
const on = (hash: string, chainwork: bigint): Tip => ({ hash, chainwork })

describe('chooseTip', () => {
  it('takes the first that is known, and waits for a healthy node', () => {
    const only = claim('a', 'x', 5n)
    expect(chooseTip(undefined, [only], false)).toEqual({ claim: only, reason: 'first' })
    expect(chooseTip(undefined, [claim('a', 'x', 5n, AWAY)], true)).toBeUndefined()
    expect(chooseTip(on('x', 5n), [], true)).toBeUndefined()
  })

  it('goes by work, and stays where it is among equals', () => {
    const [first, second] = [claim('a', 'x', 5n), claim('b', 'y', 5n, { sinceMs: 9 })]
    expect(chooseTip(on('x', 5n), [second, first], false)).toBeUndefined()
    expect(chooseTip(on('y', 5n), [first, second], false)).toBeUndefined()
    expect(chooseTip(undefined, [second, first], false)?.claim).toBe(first)
    const more = claim('b', 'z', 6n)
    expect(chooseTip(on('x', 5n), [first, more], false)).toEqual({ claim: more, reason: 'more-work' })
  })

  it('follows nodes that go back to less work', () => {
    const back = claim('a', 'w', 4n)
    expect(chooseTip(on('x', 5n), [back], false)).toEqual({ claim: back, reason: 'withdrawn' })
    expect(chooseTip(on('x', 5n), [back, claim('b', 'x', 5n)], false)).toBeUndefined()
  })

  it('does not follow a node that lags behind one that has gone away, until that was silent for long', () => {
    const [gone, behind] = [claim('a', 'x', 5n, AWAY), claim('b', 'w', 4n)]
    expect(chooseTip(on('x', 5n), [gone, behind], false)).toBeUndefined()
    expect(chooseTip(on('x', 5n), [gone, behind], true)).toEqual({ claim: behind, reason: 'silence' })
    const equal = claim('b', 'y', 5n)
    expect(chooseTip(on('x', 5n), [gone, equal], false)).toEqual({ claim: equal, reason: 'equal-work' })
  })

  const claims = fc.array(
    fc.record({
      node: fc.string(),
      chainwork: fc.bigInt({ min: 1n, max: 4n }),
      fork: fc.constantFrom('x', 'y'),
      sinceMs: fc.nat(5),
      isHealthy: fc.boolean(),
    }),
    { maxLength: 6 },
  )

  it('comes to rest: the tip that was chosen is kept while the nodes say the same', () => {
    fc.assert(
      fc.property(
        claims,
        fc.option(fc.bigInt({ min: 1n, max: 5n })),
        fc.boolean(),
        (said, work, isSilent) => {
          const list = said.map(({ fork, ...rest }) => ({ ...rest, hash: `${fork}${rest.chainwork}` }))
          const current = work === null ? undefined : on(`x${work}`, work)
          const choice = chooseTip(current, list, isSilent)
          if (choice === undefined) return
          expect(choice.claim.isHealthy).toBe(true)
          expect(chooseTip(choice.claim, list, isSilent)).toBeUndefined()
        },
      ),
    )
  })

  it('never leaves more work that a healthy node has', () => {
    fc.assert(
      fc.property(claims, fc.bigInt({ min: 1n, max: 4n }), fc.boolean(), (said, work, isSilent) => {
        const list = said.map(({ fork, ...rest }) => ({ ...rest, hash: `${fork}${rest.chainwork}` }))
        const chosen = chooseTip(on(`x${work}`, work), list, isSilent)?.claim ?? on(`x${work}`, work)
        for (const { isHealthy, chainwork } of list) {
          if (isHealthy) expect(chosen.chainwork).toBeGreaterThanOrEqual(chainwork)
        }
      }),
    )
  })
})
