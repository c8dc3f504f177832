import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runOpenLoop } from '../src/web/open-loop.js'
import { mixOf, pageLoads, pathOfCalls } from '../src/web/page-calls.js'

const SIZE = { miners: 10, workers: 20, days: 5, seed: 1 }

describe('a request of a page', () => {
  it('has all its calls, each with its input where it takes one', () => {
    const path = pathOfCalls([['pool.summary'], ['blocks.list', { limit: 9 }]])
    const url = new URL(path, 'http://pool')
    expect(url.pathname).toBe('/api/trpc/pool.summary,blocks.list')
    expect(JSON.parse(url.searchParams.get('input')!)).toEqual({ 1: { json: { limit: 9 } } })
  })

  it('is of a page as often as the weight says', () => {
    const pages = pageLoads(SIZE, ['ab'.repeat(32)])
    const mix = mixOf(pages)
    const total = pages.reduce((sum, { weight }) => sum + weight, 0)
    // The middle of each page's stretch of [0, 1).
    let before = 0
    for (const page of pages) {
      const at = (before + page.weight / 2) / total
      expect(mix(() => at)).toEqual(page.calls(() => at))
      before += page.weight
    }
  })
})

describe('an open loop', () => {
  it('goes on sending while an answer takes its time, and counts the wait', async () => {
    const held: (() => void)[] = []
    const server = createServer((_request, response) => void held.push(() => response.end('ok')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const samples = runOpenLoop({ url, perSecond: 100, seconds: 0.1, nextPath: () => '/' })
    while (held.length < 10) await sleep(5)
    for (const answer of held) answer()
    expect((await samples).length).toBe(10)
    server.close()
  })

  it('comes to nothing when an answer is an error', async () => {
    const server = createServer((_request, response) => void response.writeHead(500).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expect(runOpenLoop({ url, perSecond: 100, seconds: 0.05, nextPath: () => '/x' })).rejects.toThrow(
      '500 for',
    )
    server.close()
  })
})
