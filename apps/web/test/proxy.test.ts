import { NextRequest } from 'next/server.js'
import { expect, test } from 'vitest'
import { proxy } from '../src/proxy'

const REWRITTEN = 'x-middleware-rewrite'
const answer = (path: string) => proxy(new NextRequest(`http://localhost${path}`)).headers

test('a path that cannot be decoded is one that no page has', () => {
  for (const path of ['/miners/%E0%A4%A', '/blocks/%', '/log/epochs/%ff.json']) {
    expect(answer(path).get(REWRITTEN), path).toBe('http://localhost/no-such-page')
    expect(answer(path).get('content-security-policy')).toContain("default-src 'none'")
  }
})

test('every other path is left as it is', () => {
  for (const path of ['/', '/miners/bcrt1%20', '/miners/%25', '/find?miner=%E0%A4%A'])
    expect(answer(path).get(REWRITTEN), path).toBe(null)
})
