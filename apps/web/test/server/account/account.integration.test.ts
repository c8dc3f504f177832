import { randomUUID } from 'node:crypto'
import { liveKeys } from '@headframe/core/live/live-feed'
import { requestPayoutAddress } from '@headframe/db/account/payout-address'
import { changeListing, changeViewKey } from '@headframe/db/account/privacy'
import { changeWorker } from '@headframe/db/account/worker-settings'
import { findMiner } from '@headframe/db/miner/find-miner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MomentCache } from '../../../src/server/cache'
import type { Context } from '../../../src/server/context'
import { hashOfSecret, newSecret } from '../../../src/server/account/secret'
import { signIn } from '../../../src/server/account/sign-in'
import { describeProcedures } from '../../../src/server/api/procedures'
import { BUDGETS } from '../../../src/server/limit/budgets'
import { meterOf } from '../../../src/server/limit/meter'
import { RateLimiter } from '../../../src/server/limit/rate-limiter'
import { readViewer } from '../../../src/server/read-viewer'
import { appRouter } from '../../../src/server/routers/root'
import { VISITOR, type MinerViewer, type OperatorViewer } from '../../../src/server/viewer'
import { NETWORK, NEWCOMER, NOBODY, openTestApi, STEADY, type TestApi } from '../../support/test-api'
import { walletOf } from '../../support/wallet'

const HOUR = 3_600_000
const BROWSER = 'a browser'
const OPERATOR: OperatorViewer = {
  kind: 'operator',
  operatorId: 'x',
  name: 'ada',
  role: 'viewer',
  secondFactorAtMs: undefined,
  scopes: ['operator:read'],
}
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
  const proof = { challenge, signature: wallet.sign(message) }
  const proven = await signIn(contextAt(), proof, BROWSER, undefined)
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
        BROWSER,
        undefined,
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

  it('makes whoever tries too often wait, and nobody else', async () => {
    const limiter = new RateLimiter({ redis: api.redis.commands, nowMs: () => 0, factor: 1 })
    const { message, challenge } = await api.call().account.challenge({ address: anna.address })
    const tryIt = (client: string, signature: string) =>
      signIn(contextAt(), { challenge, signature }, BROWSER, meterOf(limiter, client, new Headers()))
    const evil = `evil ${randomUUID()}`
    for (let at = 0; at < BUDGETS.proof; at++)
      expect(await tryIt(evil, 'nothing')).toMatchObject({
        problem: expect.stringMatching(/not a signature/),
      })
    expect(await tryIt(evil, anna.sign(message))).toMatchObject({ problem: expect.stringMatching(/Wait/) })
    const good = `good ${randomUUID()}`
    expect(await tryIt(good, anna.sign(message))).toMatchObject({ ok: true })
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
/** Operators see everybody, and actions.test.ts sees to it that nobody else asks what they may ask. */
const aboutAMiner = procedures.filter(
  (one) =>
    fieldsOf(one).includes('address') &&
    one.name !== 'account.challenge' &&
    one.spec?.access.startsWith('operator:') !== true,
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

describe('a hidden worker', () => {
  const by = { author: 'session 0', atMs: Date.now() }
  const setHidden = async (isHidden: boolean) =>
    changeWorker(
      api.database,
      (await viewerOf(STEADY)).minerId,
      'two',
      { label: 'my-label', notes: undefined, isHidden },
      by,
    )
  const events = liveKeys(NETWORK).connections(STEADY)
  const seen = { connection: '1', atMs: by.atMs, port: 3333, connectedAtMs: by.atMs, userAgent: 'x' }
  beforeAll(async () => {
    await setHidden(true)
    // It has found each block of its miner, and connects just now.
    await api.database.pool.query(
      `UPDATE block SET finder_id = (SELECT id FROM worker WHERE name = 'two') FROM worker
       WHERE worker.id = finder_id AND worker.name = 'one'`,
    )
    const authorized = JSON.stringify({ ...seen, what: 'authorized', workerName: 'two' })
    await api.redis.commands.multi().lpush(events, authorized).expire(events, 60).exec()
  })
  afterAll(async () => {
    await setHidden(false)
    await api.redis.commands.del(events)
  })

  const open = procedures.filter(({ spec }) => spec?.access === 'anybody' && spec.streams !== true)
  const askAll = async (name: string, worker: string, changes: Parameters<TestApi['call']>[0] = {}) => {
    const fields = fieldsOf(open.find((one) => one.name === name)!)
    const input = {
      ...ANY,
      hash: api.hashes[0],
      address: STEADY,
      worker,
      text: `${STEADY}.x`,
      period: 'ever',
    }
    return textOf(await callByName(name, fields.length === 0 ? undefined : input, changes).catch(String))
  }

  it.each(open.map(({ name }) => name))('is nowhere in %s', async (name) => {
    const isOfAWorker = fieldsOf(open.find((one) => one.name === name)!).includes('worker')
    for (const changes of [{}, { viewer: await viewerOf(NEWCOMER) }]) {
      const told = await askAll(name, isOfAWorker ? 'two' : 'three', changes)
      expect(told).not.toMatch(/"two"|my-label/)
      if (isOfAWorker) expect(told).toBe(await askAll(name, 'three', changes))
    }
  })

  it('is there for its miner, with its label, and for operators, without', async () => {
    const viewer = await viewerOf(STEADY)
    const of = async (changes: Parameters<TestApi['call']>[0]) => {
      const { workers } = await api.call(changes).miner.workers({ address: STEADY })
      return workers.map(({ name, label, isHidden }) => ({ name, label, isHidden }))
    }
    const one = { name: 'one', label: undefined, isHidden: false }
    expect(await of({ viewer })).toEqual([one, { name: 'two', label: 'my-label', isHidden: true }])
    expect(await of({ viewer: OPERATOR })).toEqual([one, { name: 'two', label: undefined, isHidden: true }])
    expect(await of({})).toEqual([one])
    const asked = { address: STEADY, worker: 'two' }
    expect(await api.call({ viewer }).worker.summary(asked)).toMatchObject({ label: 'my-label' })
    expect(await api.call({ viewer: OPERATOR }).worker.summary(asked)).not.toMatchObject({
      label: 'my-label',
    })
    const { attempts } = await api.call({ viewer }).miner.connections({ address: STEADY })
    expect(textOf(attempts)).toContain('"two"')
    // A token that may not read what is his own sees what everybody sees.
    expect(await of({ viewer: { ...viewer, scopes: ['own:write'] } })).toEqual([one])
  })

  it('is back with its next share', async () => {
    const { pool } = api.database
    await pool.query("UPDATE worker SET last_share_at = last_share_at + interval '1 day' WHERE name = 'two'")
    const { workers } = await api.call().miner.workers({ address: STEADY })
    expect(workers.map(({ name }) => name)).toEqual(['one', 'two'])
    await pool.query("UPDATE worker SET last_share_at = last_share_at - interval '1 day' WHERE name = 'two'")
  })
})

describe('where a miner is paid', () => {
  it('is on his page for himself alone', async () => {
    const viewer = await viewerOf(STEADY)
    const paidTo = async (changes: Parameters<TestApi['call']>[0]) =>
      (await api.call(changes).miner.balance({ address: STEADY }))?.payout.paidTo
    expect(await paidTo({ viewer })).toEqual({ current: undefined, pending: undefined })
    const proof = { message: 'x', signature: 'x', proofHash: hashOfSecret(newSecret()) }
    const request = { ...proof, address: bert.address, script: new Uint8Array(22) }
    const by = { author: 'session 0', atMs: Date.now() }
    await requestPayoutAddress(api.database, viewer.minerId, request, Date.now() + HOUR, by)
    expect(await paidTo({ viewer })).toMatchObject({ pending: { address: bert.address } })
    for (const changes of [{}, { viewer: OPERATOR }, { viewer: await viewerOf(NEWCOMER) }])
      expect(await paidTo(changes)).toBeUndefined()
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
