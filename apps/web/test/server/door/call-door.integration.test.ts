import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import superjson, { type SuperJSONResult } from 'superjson'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callDoor } from '../../../src/server/door/call-door'
import { handleRest, REST_PATH } from '../../../src/server/rest/handle'
import { handleRpc, RPC_PATH } from '../../../src/server/rpc/handle'
import { openTestApi, STEADY, type TestApi } from '../../support/test-api'

let api: TestApi
let server: Server
let url: string

beforeAll(async () => {
  api = await openTestApi()
  const contextOf = () => Promise.resolve(api.context())
  const door = callDoor([
    { below: RPC_PATH, answer: (request) => handleRpc(request, { publicUrl: undefined, contextOf }) },
    { below: REST_PATH, answer: (request) => handleRest(request, { contextOf }) },
    { below: '/broken', answer: () => Promise.reject(new Error('secret of the server')) },
  ])
  server = createServer((incoming, outgoing) => {
    if (!door(incoming, outgoing)) outgoing.end('not here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await api.close()
})

const CALLS = `${RPC_PATH}/pool.summary,miner.summary?batch=1&input=${encodeURIComponent(
  JSON.stringify({ 1: { json: { address: STEADY } } }),
)}`

interface RpcAnswer {
  readonly result: { readonly data: SuperJSONResult }
}

/** As it is on the wire; `fetch` would unpack it. */
function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers }, resolve).once('error', reject)
  })
}

describe('the door of calls', () => {
  it('answers the calls of a page, all in one', async () => {
    const response = await fetch(`${url}${CALLS}`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    const answers = (await response.json()) as readonly RpcAnswer[]
    const [pool, miner] = answers.map(({ result }) => superjson.deserialize(result.data))
    expect(pool).toMatchObject({ isSetUp: true })
    expect(miner).toMatchObject({ known: true })
  })

  it('answers programs, and what they ask wrong', async () => {
    const read = await fetch(`${url}${REST_PATH}/miners/${STEADY}`)
    expect(read.headers.get('access-control-allow-origin')).toBe('*')
    expect(await read.json()).toMatchObject({ known: true })
    for (const path of ['/nothing', '/miners/%E0%A4%A', '/pool/%00']) {
      const wrong = await fetch(`${url}${REST_PATH}${path}`)
      expect(wrong.headers.get('content-type'), path).toBe('application/problem+json')
      expect(wrong.status, path).toBeLessThan(500)
    }
    expect((await fetch(`${url}${RPC_PATH}/%E0%A4%A`)).status).toBeLessThan(500)
  })

  it('packs what is long, for those who can unpack it', async () => {
    const plain = await ask(CALLS)
    expect(plain.headers.vary).toMatch(/Accept-Encoding/)
    for (const accepted of ['identity', 'br, gzip;q=0', 'x-gzippy'])
      expect((await ask(CALLS, { 'accept-encoding': accepted })).headers['content-encoding']).toBeUndefined()
    const packed = await ask(CALLS, { 'accept-encoding': 'gzip, deflate, br' })
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: plain.headers.vary })
    const unpacked = gunzipSync(await buffer(packed)).toString()
    expect(Number(packed.headers['content-length'])).toBeLessThan(unpacked.length)
    const fieldsOf = (json: string) =>
      (JSON.parse(json) as readonly RpcAnswer[]).map(({ result }) => Object.keys(result.data.json as object))
    expect(fieldsOf(unpacked)).toEqual(fieldsOf(await text(plain)))
    const short = await ask(`${REST_PATH}/search?text=nothing`, { 'accept-encoding': 'gzip' })
    expect(short.headers['content-encoding']).toBeUndefined()
  })

  it('lets a stream run until its reader leaves', async () => {
    const leaving = new AbortController()
    const response = await fetch(`${url}${RPC_PATH}/live.changes`, { signal: leaving.signal })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    await response.body!.getReader().read()
    const { live } = api.context()
    expect(live.pageCount).toBe(1)
    leaving.abort()
    await expect.poll(() => live.pageCount).toBe(0)
  })

  it('says nothing of what broke inside', async () => {
    const response = await fetch(`${url}/broken/x`)
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('')
  })

  it('leaves everything else to whoever stands behind it', async () => {
    for (const [path, method] of [
      [`${RPC_PATH}/pool.summary`, 'POST'],
      [`${REST_PATH}/pool`, 'OPTIONS'],
      [`${REST_PATH}/pool/`, 'GET'],
      [`${REST_PATH}/openapi.json`, 'GET'],
      ['/api', 'GET'],
      ['/', 'GET'],
    ] as const)
      expect(await (await fetch(url + path, { method })).text(), `${method} ${path}`).toBe('not here')
  })
})
