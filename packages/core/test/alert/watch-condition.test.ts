import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RaisedAlert } from '../../src/alert/event.js'
import { watchConditions, type Condition, type WatchOptions } from '../../src/alert/watch-condition.js'

const OPTIONS: WatchOptions = { rule: 'node', level: 'warning', holdMs: 120_000, tellsEnd: true }
const state = (state: Condition['state'], subject = 'a'): Condition => ({
  subject,
  state,
  facts: { message: state },
})

/** Looks one after the other, a minute apart; what was told at each. */
function play(looks: readonly (readonly Condition[])[], options = OPTIONS): string[][] {
  let raised: readonly RaisedAlert[] = []
  return looks.map((now, minute) => {
    const watched = watchConditions(options, raised, now, minute * 60_000)
    raised = watched.raised
    return watched.events.map(({ what, facts }) => `${what} ${facts['subject']}`)
  })
}

describe('watchConditions', () => {
  it('tells once what has lasted, and its end', () => {
    const bad = [state('bad')]
    expect(play([bad, bad, bad, bad, [state('good')], bad])).toEqual([
      [],
      [],
      ['began a'],
      [],
      ['ended a'],
      [],
    ])
  })

  it('tells nothing of what was over before it had lasted', () => {
    expect(play([[state('bad')], [state('good')], [state('bad')], [state('good')]]).flat()).toEqual([])
  })

  it('keeps what was so while nobody can tell, and begins nothing then', () => {
    const unknown = [state('unknown')]
    expect(
      play([unknown, [state('bad')], unknown, unknown, [state('bad')], unknown, [state('good')]]),
    ).toEqual([[], [], [], [], ['began a'], [], ['ended a']])
  })

  it('neither begins nor ends between its two bounds', () => {
    const held = [state('held')]
    const options = { ...OPTIONS, holdMs: 0 }
    expect(play([held, [state('bad')], held, held, [state('good')]], options)).toEqual([
      [],
      ['began a'],
      [],
      [],
      ['ended a'],
    ])
  })

  it('takes a subject that is not there any more for ended', () => {
    expect(play([[state('bad')], [], []], { ...OPTIONS, holdMs: 0 })).toEqual([['began a'], ['ended a'], []])
  })

  it('begins and ends in turns, whatever comes, and under a key that it never uses again', () => {
    const look = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('bad', 'good', 'unknown', 'held'))
        .map(([subject, is]) => state(is, subject)),
      { maxLength: 2 },
    )
    fc.assert(
      fc.property(fc.array(look, { maxLength: 30 }), fc.nat(3), (looks, hold) => {
        const options = { ...OPTIONS, holdMs: hold * 60_000 }
        let raised: readonly RaisedAlert[] = []
        const last = new Map<unknown, string>()
        const keys: string[] = []
        looks.forEach((now, minute) => {
          const unique = [...new Map(now.map((condition) => [condition.subject, condition])).values()]
          const watched = watchConditions(options, raised, unique, minute * 60_000)
          const again = watchConditions(options, raised, unique, minute * 60_000)
          expect(again).toEqual(watched)
          raised = watched.raised
          for (const { what, facts, key } of watched.events) {
            expect(what).toBe(last.get(facts['subject']) === 'began' ? 'ended' : 'began')
            last.set(facts['subject'], what)
            keys.push(key)
          }
        })
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })
})
