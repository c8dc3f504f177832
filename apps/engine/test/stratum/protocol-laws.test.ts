import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobOn } from '../job-on.js'
import { ADDRESS, behaviour, GREETING, type Deed } from './client-behaviour.js'
import { holdJob, mine, type HeldJob, type NotifyParams } from './held-job.js'
import { openPool, type OpenPool } from './open-pool.js'
import { RawClient, type WireLine } from './raw-client.js'
import { brokenLaws, countUnanswered, readMessage } from './wire-laws.js'

/** Lets one client live its life, and returns all that was said. */
async function live(pool: OpenPool, deeds: readonly Deed[]): Promise<readonly WireLine[]> {
  const client = await RawClient.connect(pool.port)
  let packet: string[] = []
  const flush = (): void => {
    if (packet.length > 0) client.send(packet)
    packet = []
  }
  const listen = async (): Promise<void> => {
    flush()
    while (countUnanswered(client.log) > 0) await client.next()
  }
  for (const next of deeds) {
    if (next.kind === 'send') packet.push(JSON.stringify(next.message))
    else if (next.kind === 'share') packet.push(...shareOf(client.log, next))
    else if (next.kind === 'flush') flush()
    else if (next.kind === 'listen') await listen()
    else pool.sendJob(jobOn(next.isTip ? ++tip : tip))
  }
  // Behind the answer to this, nothing is still to come.
  packet.push(JSON.stringify({ id: 'last', method: 'mining.ping', params: [] }))
  await listen()
  await client.close()
  return client.log
}

let tip = 1

function shareOf(
  log: readonly WireLine[],
  { id: own, nonce: from }: { id: unknown; nonce: number },
): string[] {
  const job = lastJobIn(log)
  if (job === undefined || job.difficulty > 1e-9) return []
  const nonce = mine(job, { extranonce2: '00'.repeat(8), versionBits: 0, from }).toString(16)
  const params = [ADDRESS, job.jobId, '00'.repeat(8), job.ntime, nonce]
  return [JSON.stringify({ id: own, method: 'mining.submit', params })]
}

function lastJobIn(log: readonly WireLine[]): HeldJob | undefined {
  const messages = log.filter(({ from }) => from === 'pool').map(({ text }) => readMessage(text))
  const subscribed = messages.find(({ result }) => Array.isArray(result) && result.length === 3)
  const difficulty = messages.findLast(({ method }) => method === 'mining.set_difficulty')
  const job = messages.findLast(({ method }) => method === 'mining.notify')
  if (subscribed === undefined || difficulty === undefined || job === undefined) return undefined
  const [, extranonce1] = subscribed.result as [unknown, string, number]
  return holdJob(job.params as NotifyParams, difficulty.params![0] as number, extranonce1)
}

describe.each(['0 fixed=1e-9', '0 difficulty=1 min=1e-9'])(
  'whatever a client does on a port with %s',
  (port) => {
    let pool: OpenPool
    beforeAll(async () => {
      pool = await openPool(port)
      pool.sendJob(jobOn(tip))
    })
    afterAll(() => pool.close())

    test('the laws of the protocol hold', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(behaviour, async (deeds) => {
          expect(brokenLaws(await live(pool, deeds))).toEqual([])
        }),
        { numRuns: 150 },
      )
    })
  },
)

describe('a share among other requests', () => {
  let pool: OpenPool
  beforeAll(async () => {
    pool = await openPool('0 fixed=1e-9')
    pool.sendJob(jobOn(tip))
  })
  afterAll(() => pool.close())

  test('is accepted, and answered in its turn', async () => {
    const log = await live(pool, [
      ...GREETING,
      { kind: 'listen' },
      { kind: 'send', message: { id: 1, method: 'mining.ping', params: [] } },
      { kind: 'share', id: 2, nonce: 0 },
      { kind: 'send', message: { id: 3, method: 'mining.ping', params: [] } },
      { kind: 'share', id: 4, nonce: 1000 },
    ])
    const messages = log.filter(({ from }) => from === 'pool').map(({ text }) => readMessage(text))
    const numbered = messages.filter(({ id, method }) => typeof id === 'number' && method === undefined)
    expect(numbered.map(({ id, result }) => [id, result])).toEqual([
      [1, 'pong'],
      [2, true],
      [3, 'pong'],
      [4, true],
    ])
  })
})

describe('a law that is broken is seen', () => {
  const from = (side: WireLine['from'], message: object): WireLine => ({
    from: side,
    text: JSON.stringify(message),
  })
  const ask = (own: unknown, method = 'mining.ping') => from('client', { id: own, method, params: [] })
  const give = (own: unknown) => from('pool', { id: own, result: true, error: null })
  const push = (method: string, ...params: unknown[]) => from('pool', { id: null, method, params })
  const subscribe = [ask(1, 'mining.subscribe'), give(1)]

  test.each<[string, WireLine[], RegExp]>([
    ['no answer', [ask(1)], /requests 1 were answered as $/],
    ['two answers', [ask(1), give(1), give(1)], /answered as 1 1/],
    ['another order', [ask(1), ask(2), give(2), give(1)], /requests 1 2 were answered as 2 1/],
    ['another id', [ask('1'), give(1)], /requests "1" were answered as 1/],
    ['an answer to an announcement', [ask(null, 'mining.suggest_target'), give(null)], /answered as null/],
    ['an answer to a pong', [ask(5, 'pong'), give(5)], /answered as 5/],
    ['neither result nor error', [ask(1), from('pool', { id: 1, result: null, error: null })], /neither/],
    [
      'a push too early',
      [push('client.show_message', 'x'), ...subscribe],
      /precedes the answer to mining.subscribe/,
    ],
    ['a job without difficulty', [...subscribe, push('mining.notify', 'a')], /a job precedes its difficulty/],
    [
      'a job id twice',
      [
        ...subscribe,
        push('mining.set_difficulty', 1),
        push('mining.notify', 'a'),
        push('mining.notify', 'a'),
      ],
      /job ids a a/,
    ],
  ])('%s', (_name, log, sentence) => {
    expect(brokenLaws(log).join()).toMatch(sentence)
  })

  test('and one that is kept is not', () => {
    const log = [
      ask(null),
      ask('x'),
      ...subscribe,
      push('mining.set_difficulty', 1),
      push('mining.notify', 'a'),
    ]
    expect(brokenLaws([...log.slice(0, 2), give(null), give('x'), ...log.slice(2)])).toEqual([])
  })
})
