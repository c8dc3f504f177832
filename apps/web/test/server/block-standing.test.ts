import { describe, expect, it } from 'vitest'
import { standingText } from '../../src/format/standing'
import { standingOf } from '../../src/server/block-standing'

const submit = (node: string, result: string | null) => ({ node, call: 'submitblock' as const, result })

describe('how a block stands with the nodes', () => {
  it.each([
    ['nobody has answered', [], undefined],
    ['all took it', [submit('a', null), submit('b', 'duplicate')], 'taken by 2 of 2 nodes'],
    ['the only one took it', [submit('a', null)], 'taken by 1 of 1 node'],
    [
      'one took it and cannot be reached when it is sent again',
      [submit('a', null), submit('b', 'away: no route'), submit('a', 'away: no route')],
      'taken by 1 of 2 nodes',
    ],
    [
      'one was asked to prefer it',
      [submit('a', 'inconclusive'), { node: 'a', call: 'preciousblock' as const, result: null }],
      'taken by 1 of 1 node',
    ],
    ['all refused it alike', [submit('a', 'high-hash'), submit('b', 'high-hash')], 'refused: high-hash'],
    [
      'they do not agree',
      [submit('a', null), submit('b', 'bad-version')],
      'taken by 1 of 2 nodes, refused: bad-version',
    ],
    [
      'none has judged it',
      [submit('a', 'error -28: Loading'), submit('b', 'away: connect ECONNREFUSED 10.0.0.3:8332')],
      'not taken yet: error -28, away',
    ],
  ])('%s', (_name, answers, text) => {
    expect(standingText(standingOf(answers))).toBe(text)
  })

  it('says what each refusal means', () => {
    const { refusals } = standingOf([submit('a', 'high-hash')])
    expect(refusals).toEqual([{ reason: 'high-hash', meaning: expect.stringContaining('no proof of work') }])
  })
})
