import { Counter, Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { serveMetrics } from '../../src/metrics/serve-metrics.js'

test('metrics are served to whoever asks for them, and nothing else is', async () => {
  const registry = new Registry()
  new Counter({ registers: [registry], name: 'tips_total', help: 'Tips.' })
  const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, registry)
  onTestFinished(() => server.close())
  const url = `http://127.0.0.1:${server.port}`
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toContain('version=0.0.4')
  expect(await answer.text()).toBe(await registry.metrics())
  expect((await fetch(`${url}/`)).status).toBe(404)
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405)
  await expect(serveMetrics({ host: '127.0.0.1', port: server.port }, registry)).rejects.toThrow(
    'METRICS_LISTEN: ',
  )
})
