import { compareRules, ruleFor } from '@headframe/core/stratum/profile-rule'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caughtBy } from '../../src/measure/caught-clients'

const seen = (userAgent: string, sessions: number) => ({ userAgent, sessions })

describe('the clients that a rule would catch', () => {
  it('are those that fit it, but for those of a rule that says more', () => {
    const clients = [seen('cgminer/4.12', 5), seen('CGMiner/4.11', 3), seen('bitaxe/2', 2), seen('', 1)]
    expect(caughtBy('cgminer/*', ['cgminer/4.12*', '*miner*'], clients)).toEqual({
      ...{ clients: [seen('CGMiner/4.11', 3)], sessions: 3, takenSessions: 5 },
    })
    // A rule that is there already is judged with the others, not against itself.
    expect(caughtBy('cgminer/4.12*', ['cgminer/4.12*', 'cgminer/*'], clients)).toMatchObject({ sessions: 5 })
    expect(caughtBy('nobody*', [], clients)).toEqual({ clients: [], sessions: 0, takenSessions: 0 })
  })

  it('law: once it is made, exactly those that were shown go by it', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 })
    const star = fc.constantFrom('', '*')
    const pattern = fc.tuple(star, name, star).map((parts) => parts.join(''))
    const clients = fc.uniqueArray(name, { maxLength: 10 }).map((all) => all.map((each) => seen(each, 1)))
    fc.assert(
      fc.property(pattern, fc.uniqueArray(pattern, { maxLength: 6 }), clients, (mine, others, here) => {
        const rules = [...new Set([...others, mine])].map((each) => ({ pattern: each })).sort(compareRules)
        const made = here.filter(({ userAgent }) => ruleFor(rules, userAgent)?.pattern === mine)
        expect(caughtBy(mine, others, here).clients).toEqual(made)
      }),
    )
  })
})
