import { createToken, MAX_TOKENS } from '@headframe/db/api-token/create-token'
import { findMiner } from '@headframe/db/miner/find-miner'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readViewer } from '../../../src/server/read-viewer'
import { handleRest } from '../../../src/server/rest/handle'
import { isTokenForm, makeToken } from '../../../src/server/token/make-token'
import type { MinerViewer, OperatorViewer, Viewer } from '../../../src/server/viewer'
import { NEWCOMER, openTestApi, STEADY, type TestApi } from '../../support/test-api'

const DAY = 86_400_000
const HEADERS = (token: string) => new Headers({ authorization: `Bearer ${token}` })

let api: TestApi
let steady: MinerViewer
let newcomer: MinerViewer
beforeAll(async () => {
  api = await openTestApi()
  steady = await minerViewer(STEADY)
  newcomer = await minerViewer(NEWCOMER)
})
beforeEach(() => api.database.pool.query('DELETE FROM api_token'))
afterAll(() => api.close())

async function minerViewer(address: string): Promise<MinerViewer> {
  const { minerId } = (await findMiner(api.database.pool, address))!
  return { kind: 'miner', minerId, address, scopes: ['own:read', 'own:write'] }
}

const wish = { name: 'farm', scopes: ['own:read' as const], expiresInDays: 30 }
const as = (viewer: Viewer) => api.call({ viewer }).token
const lastUse = async () => (await as(steady).list()).tokens[0]?.lastUsedAtMs

describe('a token', () => {
  it('is told once, kept as a hash, and stands for its owner', async () => {
    const { token, prefix, id } = await as(steady).create(wish)
    expect(isTokenForm(token)).toBe(true)
    const { rows } = await api.database.pool.query<{ text: string }>(
      'SELECT t::text AS text FROM api_token t',
    )
    expect(rows[0]?.text).not.toContain(token.slice(prefix.length))
    expect(await readViewer(api.context(), HEADERS(token))).toMatchObject({
      kind: 'miner',
      address: STEADY,
      scopes: ['own:read'],
      tokenId: id,
    })
    const { tokens } = await as(steady).list()
    expect(tokens).toMatchObject([{ id, name: 'farm', prefix, scopes: ['own:read'], isExpired: false }])
    expect(JSON.stringify(tokens)).not.toContain(token)
  })

  it('opens nothing once it is revoked or over', async () => {
    const { token, id } = await as(steady).create(wish)
    const later = api.context({ nowMs: () => Date.now() + 31 * DAY })
    await expect(readViewer(later, HEADERS(token))).rejects.toMatchObject({ reason: 'token-invalid' })
    expect(await as(steady).revoke({ id })).toEqual({ revoked: true })
    await expect(readViewer(api.context(), HEADERS(token))).rejects.toMatchObject({ reason: 'token-invalid' })
  })

  it('is refused in any form but its own, rather than passed over', async () => {
    for (const text of ['Bearer x', 'Basic YTpi', 'Bearer ', `Bearer hf_${'0'.repeat(64)}`]) {
      const asked = readViewer(api.context(), new Headers({ authorization: text }))
      await expect(asked, text).rejects.toMatchObject({ reason: 'token-invalid' })
    }
    expect(await readViewer(api.context(), new Headers())).toEqual({ kind: 'visitor' })
  })

  it("is its owner's: nobody else sees or revokes it", async () => {
    const { id } = await as(steady).create(wish)
    expect((await as(newcomer).list()).tokens).toEqual([])
    await expect(as(newcomer).revoke({ id })).rejects.toMatchObject({ reason: 'not-found' })
    const operator: OperatorViewer = {
      kind: 'operator',
      operatorId: String(steady.minerId),
      name: 'Ada',
      role: 'admin',
      secondFactorAtMs: Date.now(),
      scopes: ['operator:read', 'operator:write'],
    }
    expect((await api.call({ viewer: operator }).operatorToken.list()).tokens).toEqual([])
    await expect(api.call({ viewer: operator }).operatorToken.revoke({ id })).rejects.toMatchObject({
      reason: 'not-found',
    })
  })

  it('makes no other, takes no other away, and asks for no more than its owner has', async () => {
    const { id } = await as(steady).create(wish)
    const byToken: MinerViewer = { ...steady, tokenId: id + 1 }
    await expect(as(byToken).create(wish)).rejects.toMatchObject({ reason: 'session-needed' })
    await expect(as(byToken).revoke({ id })).rejects.toMatchObject({ reason: 'session-needed' })
    expect(await as({ ...steady, tokenId: id }).revoke({ id })).toEqual({ revoked: true })
    const reader: OperatorViewer = {
      kind: 'operator',
      operatorId: '7',
      name: 'Ada',
      role: 'viewer',
      secondFactorAtMs: Date.now(),
      scopes: ['operator:read'],
    }
    const more = api.call({ viewer: reader }).operatorToken.create({ ...wish, scopes: ['operator:write'] })
    await expect(more).rejects.toMatchObject({ reason: 'scope-missing' })
  })

  it('writes down its last use, at most once a minute', async () => {
    const { token } = await as(steady).create(wish)
    const startedAtMs = Date.now()
    const use = (afterMs: number) =>
      readViewer(api.context({ nowMs: () => startedAtMs + afterMs }), HEADERS(token))
    await use(1_000)
    await expect.poll(lastUse).toBe(startedAtMs + 1_000)
    await use(30_000)
    await use(61_000)
    await expect.poll(lastUse).toBe(startedAtMs + 61_000)
  })
})

describe('the bound', () => {
  it('holds when many are made at once', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: MAX_TOKENS + 5 }, () => as(steady).create(wish)),
    )
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_TOKENS)
    const refused = made.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    for (const reason of refused) expect(reason).toMatchObject({ reason: 'limit-reached' })
    await expect(as(newcomer).create(wish)).resolves.toMatchObject({
      prefix: expect.stringMatching(/^hf_/) as string,
    })
  })
})

describe('over REST', () => {
  const contextOf = async (request: Request) =>
    api.context({ viewer: await readViewer(api.context(), request.headers) })
  const ask = (path: string, init: RequestInit) =>
    handleRest(new Request(`http://pool.example/api/v1/${path}`, init), { contextOf })

  it('a token reads what it may, and its answers are kept by nobody', async () => {
    const { token } = await as(steady).create(wish)
    const read = await ask('account/tokens', { headers: HEADERS(token) })
    expect(read.status).toBe(200)
    expect(read.headers.get('cache-control')).toBe('no-store')
    const write = await ask('account/tokens', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    expect(await write.json()).toMatchObject({ code: 'scope-missing', status: 403 })
    const visitor = await ask('account/tokens', {})
    expect(visitor.headers.get('www-authenticate')).toBe('Bearer')
    expect(await visitor.json()).toMatchObject({ code: 'sign-in-needed', status: 401 })
    const wrong = await ask('account/tokens', { headers: HEADERS('hf_0') })
    expect(await wrong.json()).toMatchObject({ code: 'token-invalid', status: 401 })
  })
})

it('an operator whose role is gone has a token for nothing', async () => {
  const { token, ...made } = makeToken((count) => Buffer.alloc(count, 7))
  const nowMs = Date.now()
  const row = { ...made, name: 'x', scopes: ['operator:read'], createdAtMs: nowMs, expiresAtMs: nowMs + DAY }
  await createToken(api.database, { kind: 'operator', operatorId: 2_000_000 }, row)
  await expect(readViewer(api.context(), HEADERS(token))).rejects.toMatchObject({ reason: 'token-invalid' })
})
