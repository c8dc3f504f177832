import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, it } from 'vitest'
import type { RequestContext } from '../../../src/server/context'
import { refuse } from '../../../src/server/error/refuse'
import { appRouter } from '../../../src/server/routers/root'
import { VISITOR } from '../../../src/server/viewer'

/** A call of a procedure over HTTP, with a context in which `get` of the cache is all there is. */
async function call(path: string, get: () => Promise<unknown>, input = '{}') {
  const context = { viewer: VISITOR, nowMs: () => 0, cache: { get } } as unknown as RequestContext
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://pool.example/api/trpc/${path}?input=${encodeURIComponent(input)}`),
    router: appRouter,
    createContext: () => Promise.resolve(context),
  })
  return { status: response.status, text: await response.text() }
}

const broken = () => Promise.reject(new Error('password of the database'))
const dataOf = (text: string) =>
  (JSON.parse(text) as { error: { json: { message: string; data: Record<string, unknown> } } }).error.json

describe('an error over tRPC', () => {
  it('has its code and what to do', async () => {
    const { status, text } = await call('pool.summary', () => Promise.reject(refuse('not-started')))
    expect(status).toBe(412)
    expect(dataOf(text).data).toMatchObject({ reason: 'not-started', action: 'Try again later.' })
  })

  it('names the fields that are wrong', async () => {
    const { text } = await call('blocks.one', broken, '{"json":{"hash":"xyz"}}')
    expect(dataOf(text)).toMatchObject({
      message: 'hash: A block hash has 64 hexadecimal digits.',
      data: { reason: 'input-invalid', issues: [{ field: 'hash' }] },
    })
  })

  it('tells nothing of what broke inside', async () => {
    const { status, text } = await call('pool.summary', broken)
    expect(status).toBe(500)
    expect(dataOf(text).data).toMatchObject({ reason: 'internal' })
    expect(text).not.toMatch(/password|stack|node_modules/)
  })

  it('asks for a sign-in before it looks at the input', async () => {
    const { status, text } = await call('token.list', broken)
    expect(status).toBe(401)
    expect(dataOf(text).data).toMatchObject({ reason: 'sign-in-needed' })
  })
})
