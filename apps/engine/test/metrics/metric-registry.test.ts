import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MAX_SERIES } from '../../src/metrics/metric.js'
import { MetricRegistry } from '../../src/metrics/metric-registry.js'
import { serveMetrics } from '../../src/metrics/serve-metrics.js'

describe('metrics', () => {
  test('are the text that Prometheus reads', () => {
    const registry = new MetricRegistry()
    const jobs = registry.counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind', 'node'] })
    registry.counter({ name: 'tips_total', help: 'Tips.' })
    const age = registry.gauge({ name: 'age_seconds', help: 'Age.' })
    jobs.add(['full', 'a "b"\\\n'])
    jobs.add(['full', 'a "b"\\\n'], 2)
    registry.beforeRead(() => age.set(1.5))
    expect(registry.text()).toBe(
      [
        '# HELP jobs_total Jobs.',
        '# TYPE jobs_total counter',
        'jobs_total{kind="full",node="a \\"b\\"\\\\\\n"} 3',
        '# HELP tips_total Tips.',
        '# TYPE tips_total counter',
        'tips_total 0',
        '# HELP age_seconds Age.',
        '# TYPE age_seconds gauge',
        'age_seconds 1.5',
        '',
      ].join('\n'),
    )
  })

  test('a histogram counts each value in every bucket that it fits into', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1 }),
        fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1 }),
        (numbers, values) => {
          const bounds = numbers.sort((a, b) => a - b)
          const registry = new MetricRegistry()
          const histogram = registry.histogram({ name: 'took_seconds', help: 'Took.', bounds })
          for (const value of values) histogram.observe(value)
          const expected = [...bounds, Infinity].map((bound) => {
            const text = bound === Infinity ? '+Inf' : String(bound)
            return `took_seconds_bucket{le="${text}"} ${values.filter((value) => value <= bound).length}`
          })
          const sum = values.reduce((total, value) => total + value, 0)
          expected.push(`took_seconds_sum ${sum}`, `took_seconds_count ${values.length}`)
          expect(registry.text().trimEnd().split('\n').slice(2)).toEqual(expected)
        },
      ),
    )
  })

  test('have a bound on their label values, and each name once', () => {
    const registry = new MetricRegistry()
    const gauge = registry.gauge({ name: 'size_bytes', help: 'Size.', labels: ['of'] })
    for (let n = 0; n < MAX_SERIES + 10; n++) gauge.set(n, [String(n)])
    gauge.set(-1, ['0'])
    const lines = registry.text().trimEnd().split('\n')
    expect(lines).toHaveLength(2 + MAX_SERIES)
    expect(lines[2]).toBe('size_bytes{of="0"} -1')
    gauge.clear()
    expect(registry.text().trimEnd().split('\n')).toHaveLength(2)
    expect(() => registry.counter({ name: 'size_bytes', help: '' })).toThrow('declared twice')
  })

  test('are served to whoever asks for them, and nothing else is', async () => {
    const registry = new MetricRegistry()
    registry.counter({ name: 'tips_total', help: 'Tips.' })
    const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, registry)
    onTestFinished(() => server.close())
    const url = `http://127.0.0.1:${server.port}`
    const answer = await fetch(`${url}/metrics`)
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    expect(await answer.text()).toBe(registry.text())
    expect((await fetch(`${url}/`)).status).toBe(404)
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405)
    await expect(serveMetrics({ host: '127.0.0.1', port: server.port }, registry)).rejects.toThrow(
      'METRICS_LISTEN: ',
    )
  })
})
