import { changeListing, changeViewKey } from '@headframe/db/account/privacy'
import { findMiner } from '@headframe/db/miner/find-miner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MomentCache } from '../../../src/server/cache'
import type { Context } from '../../../src/server/context'
import { hashOfSecret, newSecret } from '../../../src/server/account/secret'
import { ProofLimit } from '../../../src/server/account/proof-limit'
import { signIn } from '../../../src/server/account/sign-in'
import { describeProcedures } from '../../../src/server/api/procedures'
import { readViewer } from '../../../src/server/read-viewer'
import { appRouter } from '../../../src/server/routers/root'
import { VISITOR, type MinerViewer } from '../../../src/server/viewer'
import { NEWCOMER, NOBODY, openTestApi, STEADY, type TestApi } from '../../support/test-api'
import { walletOf } from '../../support/wallet'

const HOUR = 3_600_000
const FROM = { client: 'test', userAgent: 'a browser' }
const anna = walletOf(1)
const bert = walletOf(2)

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

function contextAt(nowMs: () => number = Date.now): Context {
  return { ...api.context(), cache: new MomentCache(nowMs), nowMs }
}

/** A miner who has signed in, by the headers of his browser. */
async function signedIn(wallet: ReturnType<typeof walletOf>): Promise<MinerViewer & { token: string }> {
  const { message, challenge } = await api.call().account.challenge({ address: wallet.address })
  const proven = await signIn(
    contextAt(),
    { challenge, signature: wallet.sign(message) },
    FROM,
    new ProofLimit(),
  )
  if (!proven.ok) throw new Error(proven.problem)
  const viewer = await readViewer(contextAt(), headersOf(proven.token))
  if (viewer.kind !== 'miner') throw new Error('no session')
  return { ...viewer, token: proven.token }
}

const headersOf = (token: string): Headers =>
  new Headers({ host: 'pool.example', cookie: `other=1; headframe-account=${token}` })

/** Somebody whose session it is, without having signed: for addresses of the story. */
async function viewerOf(address: string): Promise<MinerViewer> {
  const { minerId } = (await findMiner(api.database.pool, address))!
  return { kind: 'miner', minerId, address, scopes: ['own:read', 'own:write'], author: 'session 0' }
}

describe('signing in', () => {
  it('takes a signature of the text, and keeps who signed by a cookie', async () => {
    const viewer = await signedIn(anna)
    expect(viewer).toMatchObject({ address: anna.address, author: `session ${viewer.sessionId}` })
    expect(await api.call({ viewer }).account.overview()).toMatchObject({ address: anna.address })
    expect(await readViewer(contextAt(), headersOf('x'))).toEqual(VISITOR)
    // Over HTTPS the cookie has another name, so that none is taken from plain HTTP.
    const secure = headersOf(viewer.token)
    secure.set('x-forwarded-proto', 'https')
    expect(await readViewer(contextAt(), secure)).toEqual(VISITOR)
  })

  it('takes each text once, while it is fresh, as it was given out and for its purpose', async () => {
    const { message, challenge } = await api.call().account.challenge({ address: anna.address })
    const proof = { challenge, signature: anna.sign(message) }
    const tryIt = (changed = proof, nowMs = Date.now()) =>
      signIn(
        contextAt(() => nowMs),
        changed,
        FROM,
        new ProofLimit(),
      )
    const [body, seal] = challenge.split('.') as [string, string]
    const fields = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...fields, address: bert.address })).toString('base64url')
    expect(await tryIt({ ...proof, signature: bert.sign(message) })).toMatchObject({ ok: false })
    expect(await tryIt({ ...proof, challenge: `${forged}.${seal}` })).toMatchObject({ ok: false })
    expect(await tryIt({ ...proof, challenge: 'x' })).toMatchObject({ ok: false })
    expect(await tryIt(proof, Date.now() + HOUR)).toMatchObject({ ok: false })
    expect(await tryIt()).toMatchObject({ ok: true })
    expect(await tryIt()).toMatchObject({ ok: false })
    const viewer = await signedIn(anna)
    const asked = await api.call({ viewer }).account.askPayoutAddress({ payTo: bert.address })
    expect(await tryIt({ ...asked, signature: anna.sign(asked.message) })).toMatchObject({ ok: false })
  })

  it('asks the same of an address that the pool knows and of one that it does not', async () => {
    const shape = async (address: string) => {
      const { message, challenge } = await api.call().account.challenge({ address })
      return { text: message.replace(address, 'A').replace(/Number \w+/, 'N'), length: challenge.length }
    }
    expect(await shape(STEADY)).toEqual(await shape(NOBODY))
  })

  it('makes who shows bad signatures wait, and nobody else', async () => {
    const limit = new ProofLimit()
    let nowMs = Date.now()
    const { message, challenge } = await api.call().account.challenge({ address: anna.address })
    const tryIt = (client: string, signature: string) =>
      signIn(
        contextAt(() => nowMs),
        { challenge, signature },
        { ...FROM, client },
        limit,
      )
    for (let at = 0; at < 10; at++) await tryIt('evil', 'nothing')
    expect(await tryIt('evil', anna.sign(message))).toMatchObject({ problem: expect.stringMatching(/wait/) })
    nowMs += 31_000
    expect(await tryIt('evil', 'nothing')).toMatchObject({
      problem: expect.stringMatching(/not a signature/),
    })
    expect(await tryIt('good', anna.sign(message))).toMatchObject({ ok: true })
  })

  it('is over for a session that was ended, by itself or from another browser', async () => {
    const first = await signedIn(anna)
    const second = await signedIn(anna)
    await api.call({ viewer: second }).account.endSession({ sessionId: first.sessionId! })
    expect(await readViewer(contextAt(), headersOf(first.token))).toEqual(VISITOR)
    await api.call({ viewer: second }).account.endSessions()
    expect(await readViewer(contextAt(), headersOf(second.token))).toEqual(VISITOR)
  })
})

describe('payouts to another address', () => {
  it('take a text that names it, signed with the address that mines', async () => {
    const viewer = await signedIn(anna)
    const { account } = api.call({ viewer })
    const asked = await account.askPayoutAddress({ payTo: bert.address })
    expect(asked.message).toContain(bert.address)
    const signature = anna.sign(asked.message)
    const ofBert = { ...asked, signature: bert.sign(asked.message) }
    await expect(account.changePayoutAddress(ofBert)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const forBert = api.call({ viewer: await signedIn(bert) }).account
    await expect(forBert.changePayoutAddress({ ...asked, signature })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    const changed = await account.changePayoutAddress({ ...asked, signature })
    expect(changed.effectiveAtMs - changed.requestedAtMs).toBe(72 * HOUR)
    await expect(account.changePayoutAddress({ ...asked, signature })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect((await account.overview()).payoutAddress).toMatchObject({ current: undefined, pending: changed })
    expect(await account.cancelPayoutAddress()).toEqual({ isCancelled: true })
    expect((await account.overview()).payoutAddress).toMatchObject({ current: undefined, pending: undefined })
    const { changes } = await account.history({})
    expect(changes.map(({ what }) => what)).toEqual([
      'payout-address-cancelled',
      'payout-address',
      'session-ended',
      'session-ended',
    ])
  })
})

describe('a threshold', () => {
  it('lies within its bounds', async () => {
    const { account } = api.call({ viewer: await signedIn(anna) })
    const { minSats, maxSats } = (await account.overview()).threshold
    for (const wrong of [minSats - 1n, maxSats + 1n])
      await expect(account.setThreshold({ thresholdSats: String(wrong) })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    await account.setThreshold({ thresholdSats: String(minSats) })
    expect((await account.overview()).threshold.ownSats).toBe(minSats)
    await account.setThreshold({ thresholdSats: null })
    expect((await account.overview()).threshold.ownSats).toBeUndefined()
  })
})

/** What a procedure that takes an address may need besides. */
const ANY = {
  range: '24h',
  worker: 'one',
  hash: '',
  limit: 5,
  name: 'one',
  label: null,
  notes: null,
  isHidden: true,
}

type Procedures = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

function callByName(name: string, input: unknown, changes: Parameters<TestApi['call']>[0]): Promise<unknown> {
  const [room, verb] = name.split('.') as [string, string]
  return (api.call(changes) as unknown as Procedures)[room]![verb]!(input)
}

/** An answer as text, without the time at which it was given. */
function textOf(answer: unknown): string {
  return JSON.stringify({ answer }, (name, value: unknown) =>
    name === 'nowMs' ? undefined : typeof value === 'bigint' ? String(value) : value,
  )
}

const fieldsOf = ({ spec }: (typeof procedures)[number]): readonly string[] =>
  spec !== undefined && 'shape' in spec.input ? Object.keys(spec.input.shape as object) : []

const procedures = describeProcedures(appRouter)
const aboutAMiner = procedures.filter(
  (one) => fieldsOf(one).includes('address') && one.name !== 'account.challenge',
)

describe('a miner who is not listed', () => {
  const pseudonym = 'miner-00112233'
  const key = newSecret()
  const by = { author: 'session 0', atMs: Date.now() }
  beforeAll(async () => {
    const { minerId } = await viewerOf(STEADY)
    await changeListing(api.database, minerId, true, pseudonym, by)
    await changeViewKey(api.database, minerId, hashOfSecret(key), by)
  })
  afterAll(async () => {
    await changeListing(api.database, (await viewerOf(STEADY)).minerId, false, pseudonym, by)
  })

  const ask = async (name: string, address: string, changes: Parameters<TestApi['call']>[0] = {}) =>
    textOf(await callByName(name, { ...ANY, hash: api.hashes[0], address }, changes))

  it('has procedures that tell of him', () => {
    expect(aboutAMiner.length).toBeGreaterThan(6)
  })

  it.each(aboutAMiner.map(({ name }) => name))('is nobody to %s', async (name) => {
    expect(await ask(name, STEADY)).toBe(await ask(name, NOBODY))
    const otherKey = { viewKeys: [newSecret()] }
    expect(await ask(name, STEADY, otherKey)).toBe(await ask(name, NOBODY))
    expect(await ask(name, STEADY, { viewer: await viewerOf(NEWCOMER) })).toBe(await ask(name, NOBODY))
  })

  it('is himself to himself, and to whoever has his key', async () => {
    const known = { known: true }
    const viewer = await viewerOf(STEADY)
    expect(await api.call({ viewer }).miner.summary({ address: STEADY })).toMatchObject(known)
    expect(await api.call({ viewKeys: [key] }).miner.summary({ address: STEADY })).toMatchObject(known)
  })

  it('stands under his pseudonym wherever others stand under their names', async () => {
    const { pool, blocks } = api.call()
    const found = [
      await pool.miners(),
      await pool.bestShares({ period: 'ever' }),
      await blocks.list({}),
      ...(await Promise.all(api.hashes.map((hash) => blocks.one({ hash })))),
      ...(await Promise.all(api.hashes.map((hash) => blocks.earnings({ hash })))),
    ].map(textOf)
    expect(found.join()).not.toContain(STEADY)
    expect(found.join()).toContain(pseudonym)
    // A page that ends with him goes on behind him.
    const hash = api.hashes[0]!
    const all = (await blocks.earnings({ hash })).earnings
    const first = await blocks.earnings({ hash, limit: 1 })
    if (all.length > 1) {
      const second = await blocks.earnings({ hash, limit: 1, cursor: first.nextCursor })
      expect([...first.earnings, ...second.earnings]).toEqual(all.slice(0, 2))
    }
  })
})

describe('what is a miner’s own', () => {
  const own = procedures.filter(({ spec }) => spec?.access.startsWith('own:') === true)

  it.each(own.map(({ name }) => name))('%s tells nobody else, and takes nothing from him', async (name) => {
    const steady = await viewerOf(STEADY)
    const { account } = api.call({ viewer: steady })
    await account.setWorker({ name: 'two', label: 'secret-label', notes: 'secret-notes', isHidden: false })
    const before = await secretsOf(steady)
    expect(before).toContain('secret-label')
    const input = {
      ...ANY,
      sessionId: 1,
      thresholdSats: null,
      isUnlisted: false,
      payTo: NOBODY,
      challenge: 'x',
      signature: 'x',
    }
    const strict = procedures.find((one) => one.name === name)
    const given = fieldsOf(strict!).length === 0 ? undefined : input
    await expect(callByName(name, given, {})).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    const other = { viewer: await viewerOf(NEWCOMER) }
    const answer = await callByName(name, given, other).catch(String)
    for (const secret of [STEADY, 'secret-label', 'secret-notes'])
      expect(textOf(answer)).not.toContain(secret)
    expect(await secretsOf(steady)).toBe(before)
  })

  async function secretsOf(viewer: MinerViewer): Promise<string> {
    const { account } = api.call({ viewer })
    const all = [
      await account.overview(),
      await account.workers(),
      await account.sessions(),
      await account.history({}),
    ]
    return textOf(all)
  }
})
