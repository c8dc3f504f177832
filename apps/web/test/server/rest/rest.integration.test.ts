import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeProcedures } from '../../../src/server/api/procedures'
import { handleRest } from '../../../src/server/rest/handle'
import { appRouter } from '../../../src/server/routers/root'
import { documentedSchema } from '../../support/documented-schema'
import { NOBODY, openTestApi, STEADY, type TestApi } from '../../support/test-api'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(path, 'http://pool.example/api/v1/')
  return handleRest(new Request(url, init), { contextOf: () => Promise.resolve(api.context()) })
}

const open = describeProcedures(appRouter).filter(
  ({ spec }) => spec?.rest.method === 'GET' && spec.access === 'anybody' && spec.streams !== true,
)

/** The story of the test publishes no block, and announces nothing. */
const UNPUBLISHED = ['blocks.proof', 'blocks.coinbase', 'pool.announcement']

describe('what is documented', () => {
  it.each(open.map(({ name, spec }) => [name, spec!] as const))(
    '%s answers as it says',
    async (name, spec) => {
      const given: Record<string, string> = {
        ...spec.example,
        address: STEADY,
        hash: api.hashes[0]!,
        worker: 'one',
      }
      const path = spec.rest.path.slice(1).replaceAll(/\{(\w+)\}/g, (_, field: string) => given[field]!)
      const fields = Object.keys(
        spec.input instanceof Object && 'shape' in spec.input ? (spec.input.shape as object) : {},
      )
      const query = new URLSearchParams(
        fields
          .filter((field) => !spec.rest.path.includes(`{${field}}`) && field in given)
          .map((field) => [field, given[field]!]),
      )
      const response = await ask(`${path}?${query}`)
      const answer: unknown = await response.json()
      if (UNPUBLISHED.includes(name)) {
        expect(answer).toMatchObject({ code: 'not-found', status: 404 })
        return
      }
      expect(response.status, JSON.stringify(answer)).toBe(200)
      const ajv = new Ajv2020({ strict: false })
      expect(ajv.validate(documentedSchema(spec).schema, answer), ajv.errorsText()).toBe(true)
    },
  )
})

describe('amounts and numbers', () => {
  it('writes satoshis as integers, and what is larger as decimal strings', async () => {
    const response = await ask(`miners/${STEADY}/earnings?limit=1`)
    const { earnings, nextCursor } = (await response.json()) as {
      earnings: { amountSats: unknown; score: unknown }[]
      nextCursor: string
    }
    expect(earnings).toHaveLength(1)
    expect(Number.isSafeInteger(earnings[0]?.amountSats)).toBe(true)
    expect(earnings[0]?.score).toMatch(/^\d+$/)
    const next = await ask(`miners/${STEADY}/earnings?limit=1&cursor=${nextCursor}`)
    const page = (await next.json()) as { earnings: { amountSats: unknown }[] }
    expect(page.earnings).toHaveLength(1)
    expect(page.earnings).not.toEqual(earnings)
  })
})

describe('what cannot be answered', () => {
  const problem = async (path: string, init?: RequestInit) => {
    const response = await ask(path, init)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const body = (await response.json()) as { code: string; status: number; detail: string; type: string }
    expect(body.status).toBe(response.status)
    expect(body.type).toBe(`/docs/api#${body.code}`)
    return { ...body, headers: response.headers }
  }

  it('says why, with a code', async () => {
    expect(await problem('miners/hello')).toMatchObject({ code: 'address-invalid', status: 400 })
    expect(await problem('pool/hashrate?range=ever')).toMatchObject({
      code: 'input-invalid',
      issues: [{ field: 'range' }],
    })
    expect(await problem('blocks/xyz')).toMatchObject({ code: 'input-invalid', issues: [{ field: 'hash' }] })
    expect(await problem('blocks?limit=1000')).toMatchObject({ code: 'input-invalid' })
    expect(await problem('blocks?limt=10')).toMatchObject({
      code: 'input-invalid',
      detail: /limt.*cursor, limit/,
    })
    expect(await problem(`miners/${NOBODY}/balance`)).toMatchObject({ code: 'not-found', status: 404 })
    expect(await problem('no/such/path')).toMatchObject({ code: 'not-found', status: 404 })
    const wrong = await problem('pool', { method: 'POST' })
    expect(wrong).toMatchObject({ code: 'method-not-allowed', status: 405 })
    expect(wrong.headers.get('allow')).toBe('GET')
  })

  it('refuses a token in a query string, by name and by look', async () => {
    for (const query of ['token=x', 'access_token=x', `q=hf_${'a'.repeat(43)}`])
      expect(await problem(`pool?${query}`), query).toMatchObject({ code: 'token-in-query', status: 400 })
  })

  it('tells nothing of what broke inside', async () => {
    const broken = api.context({
      cache: { get: () => Promise.reject(new Error('secret of the database')) } as never,
    })
    const request = new Request('http://pool.example/api/v1/pool')
    const response = await handleRest(request, { contextOf: () => Promise.resolve(broken) })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toMatch(/secret|stack/)
  })
})

describe('other origins', () => {
  it('may read, and may do nothing else', async () => {
    const read = await ask('pool', { headers: { origin: 'https://elsewhere.example' } })
    expect(read.headers.get('access-control-allow-origin')).toBe('*')
    expect(read.headers.has('access-control-allow-credentials')).toBe(false)
    const asked = await ask('pool', { method: 'OPTIONS' })
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET')
    const written = await ask('pool', { method: 'POST' })
    expect(written.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('the live stream', () => {
  it('is made of server-sent events with ids, and ends with its reader', async () => {
    const response = await ask('live')
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('data: ')) text += (await reader.read()).value ?? ''
    expect(text).toMatch(
      /^retry: \d+\n\nid: \d+-1\nevent: change\ndata: \{"topics":\[\],"feed":"(live|away)"\}\n\n/,
    )
    expect(api.live.pageCount).toBe(1)
    await reader.cancel()
    await expect.poll(() => api.live.pageCount).toBe(0)
  })
})
