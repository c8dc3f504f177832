import { expect, it } from 'vitest'
import { WebSource } from '../src/web-source.js'
import { openServer } from './support/write-files.js'

it('tries again when a server is on its way back', async () => {
  let asked = 0
  const url = await openServer((_, response) => {
    asked++
    response.writeHead(asked === 1 ? 503 : 200).end('here')
  })
  expect(await new WebSource(new URL(url)).readText('x', 10)).toBe('here')
  expect(asked).toBe(2)
})

it('waits as long as a server asks for that has heard too much of it', async () => {
  let [asked, refusedAtMs, answeredAtMs] = [0, 0, 0]
  const url = await openServer((_, response) => {
    if (asked++ === 0) {
      refusedAtMs = performance.now()
      response.writeHead(429, { 'retry-after': '2' }).end('too many')
    } else {
      answeredAtMs = performance.now()
      response.end('here')
    }
  })
  expect(await new WebSource(new URL(url)).readText('x', 10)).toBe('here')
  expect(answeredAtMs - refusedAtMs).toBeGreaterThan(1_900)
})

it('gives up on a server that falls silent in the middle', async () => {
  const url = await openServer((_, response) => {
    response.writeHead(200)
    response.write('the beginning')
  })
  await expect(new WebSource(new URL(url), 100).readText('x', 1000)).rejects.toThrow(
    /cannot be read: nothing for 100 ms/,
  )
})

it('reads below its URL, with or without a slash at the end', async () => {
  const url = await openServer((request, response) => response.end(request.url))
  for (const ending of ['', '/', '//']) {
    expect(await new WebSource(new URL(`${url}/log${ending}`)).readText('a/b', 100)).toBe('/log/a/b')
  }
})
