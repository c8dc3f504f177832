import { nextBan } from '@headframe/core/live/ban'
import { liveKeys, type LiveBan } from '@headframe/core/live/live-feed'
import type { LiveSession, SessionAnswer, SessionQuestion } from '@headframe/core/live/session-question'
import { listActions } from '@headframe/db/operator/list-actions'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../../src/server/viewer'
import { operatorOf } from '../../support/operator-of'
import { NETWORK, openTestApi, STEADY, type TestApi } from '../../support/test-api'

const KEYS = liveKeys(NETWORK)
const [ONE, TWO] = ['203.0.113.91', '203.0.113.92'] as const

let api: TestApi
let ada: OperatorViewer
let eve: OperatorViewer
const processes: Redis[] = []
beforeAll(async () => {
  api = await openTestApi()
  ada = await operatorOf(api.database, 'ada', 'operator')
  eve = await operatorOf(api.database, 'eve', 'viewer')
})
afterEach(async () => {
  for (const each of processes.splice(0)) each.disconnect()
  await api.redis.commands.hdel(KEYS.bans, ONE, TWO)
})
afterAll(() => api.close())

const as = (viewer: OperatorViewer) => api.call({ viewer })
const lastAction = async () => (await listActions(api.database.pool, {}, undefined, 1))[0]

function sessionOf(connection: string, more: Partial<LiveSession> = {}): LiveSession {
  return {
    ...{ connection, connectedAtMs: 1_000, remoteAddress: ONE, port: 3333, tls: false, mode: 'pplns' },
    ...{ workers: [{ address: STEADY, workerName: 'one' }], workerCount: 1, userAgent: 'bitaxe/1' },
    ...{ profile: 'default', difficulty: 64, versionMask: 0x1fffe000, shares: 5, rejects: 0, ...more },
  }
}

/** A stratum process, as far as the console can tell: it answers with these sessions, in the order that it has them. */
async function openProcess(
  writerId: string,
  sessions: LiveSession[],
  isDumb = false,
): Promise<SessionQuestion[]> {
  const heard: SessionQuestion[] = []
  const [ear, mouth] = [new Redis(testServices().redisUrl), new Redis(testServices().redisUrl)]
  processes.push(ear, mouth)
  ear.on('message', (_channel, text: string) => {
    const question = JSON.parse(text) as SessionQuestion
    heard.push(question)
    const meant =
      question.kind === 'look'
        ? sessions.slice(0, question.limit)
        : sessions.filter(({ connection }) => connection === question.connection)
    const isCut = question.kind === 'cut' && meant.length > 0
    if (isCut) sessions.splice(sessions.indexOf(meant[0]!), 1)
    const answer: SessionAnswer = {
      ...{ writerId, total: sessions.length, matching: sessions.length, sessions: meant },
      ...(question.kind === 'cut' ? { isCut } : {}),
    }
    if (!isDumb) void mouth.rpush(KEYS.answers(question.id), JSON.stringify(answer))
  })
  await ear.subscribe(KEYS.questions)
  return heard
}

describe('sessions', () => {
  it('of all processes come as one list, page by page', async () => {
    const at = (connectedAtMs: number, name: string) => sessionOf(name, { connectedAtMs })
    const heard = await openProcess('s00', [at(9, 'a'), at(5, 'b')])
    await openProcess('s01', [at(7, 'c'), at(5, 'd'), at(1, 'e')])
    const page = await as(eve).consoleSessions.list({ limit: 3, search: ' One ' })
    expect(page).toMatchObject({ asked: 2, answered: 2, total: 5, matching: 5 })
    expect(page.sessions.map(({ connection, writerId }) => `${writerId} ${connection}`)).toEqual([
      ...['s00 a', 's01 c', 's00 b'],
    ])
    // The processes leave out what was shown: what a page begins behind is told to them.
    await as(eve).consoleSessions.list({ limit: 3, cursor: page.nextCursor })
    expect(heard).toMatchObject([
      { kind: 'look', search: 'One', limit: 4, order: 'newest' },
      { kind: 'look', search: '', after: { rank: -5, connection: 'b' } },
    ])
  })

  it('of a process that says nothing are missed, and that is told; nobody at all is told too', async () => {
    expect(await as(eve).consoleSessions.list({})).toMatchObject({ asked: 0, answered: 0, sessions: [] })
    await openProcess('s00', [sessionOf('a')])
    await openProcess('s01', [], true)
    expect(await as(eve).consoleSessions.list({})).toMatchObject({
      ...{ asked: 2, answered: 1 },
      sessions: [{ connection: 'a' }],
    })
  })

  it('one of which is disconnected stands in the audit log, with who it was', async () => {
    await openProcess('s00', [sessionOf('a'), sessionOf('b')])
    expect(await as(ada).consoleSessions.disconnect({ connection: 'b' })).toEqual({ done: true })
    expect((await as(eve).consoleSessions.list({})).sessions).toMatchObject([{ connection: 'a' }])
    expect(await lastAction()).toMatchObject({
      ...{ author: 'ada', action: 'sessions.disconnect', subject: 'session b' },
      outcome: {
        before: { isOpen: true, workers: `${STEADY}.one`, remoteAddress: ONE, shares: 5 },
        after: { isOpen: false },
      },
    })
    await expect(as(ada).consoleSessions.disconnect({ connection: 'b' })).rejects.toMatchObject({
      reason: 'not-found',
    })
  })

  it('cannot be disconnected where no process hears, nor by who only looks', async () => {
    await expect(as(ada).consoleSessions.disconnect({ connection: 'b' })).rejects.toMatchObject({
      reason: 'engine-away',
    })
    expect((await lastAction())?.outcome?.problem).toContain('No stratum process')
    await expect(as(eve).consoleSessions.disconnect({ connection: 'b' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('bans', () => {
  const bansOf = async (viewer: OperatorViewer): Promise<readonly LiveBan[]> => {
    const { bans } = await as(viewer).consoleBans.list()
    if (!bans.known) throw new Error('Redis is away')
    return bans.value.filter(({ address }) => [ONE, TWO].some((own) => own === address))
  }

  it('are made and lifted on record, in the form that the processes read', async () => {
    const versionBefore = await api.redis.commands.get(KEYS.bansVersion)
    await as(ada).consoleBans.ban({ address: `::ffff:${ONE}`, minutes: 60, reason: 'floods us' })
    expect(await api.redis.commands.get(KEYS.bansVersion)).not.toBe(versionBefore)
    const [ban] = await bansOf(eve)
    expect(ban).toMatchObject({ address: ONE, reason: 'floods us', by: 'console: ada', offences: 1 })
    expect(ban!.untilMs - ban!.sinceMs).toBe(3_600_000)
    expect(await lastAction()).toMatchObject({
      ...{ action: 'bans.ban', subject: `ban of ${ONE}` },
      outcome: { before: { isBanned: false }, after: { isBanned: true, reason: 'floods us' } },
    })

    await as(ada).consoleBans.lift({ address: ONE })
    expect(await bansOf(eve)).toEqual([])
    const entry = JSON.parse((await api.redis.commands.hget(KEYS.bans, ONE))!) as LiveBan
    expect(entry).toMatchObject({ reason: 'lifted', offences: 0 })
    expect(entry.sinceMs).toBeGreaterThan(ban!.sinceMs)
    expect(entry.untilMs).toBe(entry.sinceMs)
    await expect(as(ada).consoleBans.lift({ address: ONE })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('that the pool made itself are listed and lifted too; those that are over are not', async () => {
    const nowMs = Date.now()
    const made = { reason: 'too many rejected submissions', by: 's00-x', previous: undefined }
    const [held, over] = [
      nextBan({ ...made, address: TWO, nowMs }, 600_000),
      nextBan({ ...made, address: ONE, nowMs: nowMs - 700_000 }, 600_000),
    ]
    for (const ban of [held, over]) await api.redis.commands.hset(KEYS.bans, ban.address, JSON.stringify(ban))
    expect(await bansOf(eve)).toEqual([held])
    await as(ada).consoleBans.lift({ address: TWO })
    expect(await bansOf(eve)).toEqual([])
  })

  it('take an address, a reason and a term, and an operator', async () => {
    const wish = { address: ONE, minutes: 10, reason: 'test' }
    for (const wrong of [
      { address: 'home' },
      { address: '10.0.0.0/8' },
      { minutes: 0 },
      { minutes: 1e6 },
      { reason: ' ' },
    ])
      await expect(as(ada).consoleBans.ban({ ...wish, ...wrong })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    await expect(as(eve).consoleBans.ban(wish)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await bansOf(eve)).toEqual([])
  })
})
