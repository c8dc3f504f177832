import { describe, expect, it } from 'vitest'
import { describeAnswers } from '../../src/server/block-answers'

describe('describeAnswers', () => {
  it('numbers the nodes, says what each answer means, and names no host', () => {
    const times = { answeredAtMs: 1, tookMs: 2 }
    const answers = describeAnswers([
      { node: '10.0.0.2:8332', call: 'submitblock', result: 'inconclusive', ...times },
      { node: 'near', call: 'submitblock', result: 'away: connect ECONNREFUSED 10.0.0.3:8332', ...times },
      { node: '10.0.0.2:8332', call: 'preciousblock', result: null, ...times },
    ])
    expect(answers.map(({ nodeNumber, reason, standing }) => [nodeNumber, reason, standing])).toEqual([
      [1, 'inconclusive', 'open'],
      [2, 'away', 'open'],
      [1, null, 'accepted'],
    ])
    expect(JSON.stringify(answers)).not.toContain('10.0.0')
  })
})
