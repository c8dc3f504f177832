import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { BlockMetrics } from '../../src/metrics/block-metrics.js'

test('blocks, answers by node and reason, and the time until a block left are told', async () => {
  const registry = new Registry()
  const metrics = new BlockMetrics(registry)
  expect(await registry.metrics()).toContain('headframe_blocks_found_total 0')
  metrics.onFound()
  metrics.onSent('near', 1.5)
  const answer = { node: 'near', call: 'submitblock', answeredAtMs: 0, tookMs: 40 } as const
  metrics.onAnswer({ ...answer, result: null })
  metrics.onAnswer({ ...answer, node: 'far', result: 'inconclusive' })
  metrics.onAnswer({ ...answer, node: 'far', result: 'away: connect ECONNREFUSED 10.0.0.3:8332' })
  const lines = (await registry.metrics()).split('\n')
  expect(lines).toContain('headframe_blocks_found_total 1')
  expect(lines).toContain('headframe_block_share_to_submit_seconds_bucket{le="0.001",node="near"} 0')
  expect(lines).toContain('headframe_block_share_to_submit_seconds_bucket{le="0.002",node="near"} 1')
  const answers = lines.filter((line) => line.startsWith('headframe_block_answers_total{'))
  expect(answers).toEqual([
    'headframe_block_answers_total{node="near",call="submitblock",reason="accepted"} 1',
    'headframe_block_answers_total{node="far",call="submitblock",reason="inconclusive"} 1',
    'headframe_block_answers_total{node="far",call="submitblock",reason="away"} 1',
  ])
})
