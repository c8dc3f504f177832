import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { acceptsConnections, authority, reachableHost, servesPage } from '../src/probe.js'

test('an address to listen on becomes one to connect to', () => {
  expect(['0.0.0.0', '::', '127.0.0.1', 'pool.example'].map(reachableHost)).toEqual([
    '127.0.0.1',
    '::1',
    '127.0.0.1',
    'pool.example',
  ])
  expect(authority('127.0.0.1', 3333)).toBe('127.0.0.1:3333')
  expect(authority('::1', 3333)).toBe('[::1]:3333')
})

test('a page is served only when the answer is a success', async () => {
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/' ? 200 : 500).end(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  expect(await servesPage(`http://127.0.0.1:${port}/`)).toBe(true)
  expect(await servesPage(`http://127.0.0.1:${port}/broken`)).toBe(false)
  expect(await acceptsConnections('127.0.0.1', port)).toBe(true)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(await acceptsConnections('127.0.0.1', port)).toBe(false)
  await expect(servesPage(`http://127.0.0.1:${port}/`)).rejects.toThrow()
})
