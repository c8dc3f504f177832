import { describe, expect, it } from 'vitest'
import { describeAnswers } from '../../src/server/block-answers'

describe('describeAnswers', () => {
  it('names the nodes, says what each answer means, and nothing of what a failed call said', () => {
    const times = { answeredAtMs: 1, tookMs: 2 }
    const answers = describeAnswers([
      { node: 'far', call: 'submitblock', result: 'inconclusive', ...times },
      { node: 'near', call: 'submitblock', result: 'away: connect ECONNREFUSED 10.0.0.3:8332', ...times },
      { node: 'far', call: 'preciousblock', result: null, ...times },
    ])
    expect(answers.map(({ node, reason, standing }) => [node, reason, standing])).toEqual([
      ['far', 'inconclusive', 'open'],
      ['near', 'away', 'open'],
      ['far', null, 'accepted'],
    ])
    expect(JSON.stringify(answers)).not.toContain('10.0.0')
  })
})
