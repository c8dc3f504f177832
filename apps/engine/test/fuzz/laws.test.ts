import { targetOfDifficulty } from '@headframe/core/chain/target'
import { describe, expect, test } from 'vitest'
import { ADDRESS } from '../stratum/client-behaviour.js'
import { hashOf, mine, type HeldJob } from '../stratum/held-job.js'
import type { WireMessage } from '../stratum/wire-laws.js'
import { brokenConnectionLaws } from './connection-laws.js'
import type { CreditedShare } from './credited-share.js'
import { expectAnswers } from './expected-answers.js'
import { MinerMemory } from './miner-memory.js'
import { brokenShareLaws } from './share-laws.js'
import type { WireRecord } from './wire-record.js'

/** What a client wrote, and what a pool said to it: a law that is broken must be seen. */
function recordOf(
  sent: readonly object[],
  said: readonly WireMessage[],
  more: Partial<WireRecord> = {},
): WireRecord {
  const memory = new MinerMemory()
  for (const message of said) memory.hear(message)
  const text = sent.map((line) => `${JSON.stringify(line)}\n`).join('')
  const longestLine = Math.max(0, ...said.map((message) => JSON.stringify(message).length))
  const end = { hasEnded: true, isClosed: true, longestLine, nonsense: [] }
  return { remoteAddress: 'a', sent: Buffer.from(text), messages: said, memory, ...end, ...more }
}

const ask = (id: unknown, method = 'mining.ping', params: readonly unknown[] = []) => ({ id, method, params })
const give = (id: number, result: unknown = true): WireMessage => ({ id, result, error: null })
const refuse = (id: number, code: number): WireMessage => ({ id, result: null, error: [code, 'no', null] })
const push = (method: string, ...params: unknown[]): WireMessage => ({ id: null, method, params })

const NOTIFY = ['0000000100', '00'.repeat(32), 'aa00', 'bb', [], '20000000', '1d00ffff', '65000000', true]
const WORK = [
  give(1, [[['mining.notify', 'session']], '12300001', 8]),
  push('mining.set_difficulty', 1e-9),
  push('mining.notify', ...NOTIFY),
]
const SUBSCRIBE = ask(1, 'mining.subscribe')

describe('a law of connections that is broken is seen:', () => {
  const around = { events: 1, hasTimePassed: false, hasDiskFailed: false }
  const open = { hasEnded: false, isClosed: false }
  test.each<[string, WireRecord, string | undefined, RegExp]>([
    ['no answer', recordOf([ask(1)], [], open), undefined, /requests 1 were answered as $/],
    [
      'another order',
      recordOf([ask(1), ask(2)], [give(2), give(1)]),
      'peer-closed',
      /1 2 were answered as 2 1/,
    ],
    ['one too many', recordOf([ask(1)], [give(1), give(1)]), 'peer-closed', /1 were answered as 1 1/],
    ['neither result nor error', recordOf([ask(1)], [give(1, null)]), 'peer-closed', /neither/],
    ['no text', recordOf([], [], { nonsense: ['x'] }), 'peer-closed', /nobody can read: x/],
    ['a push too early', recordOf([SUBSCRIBE], [WORK[1]!, WORK[0]!]), 'peer-closed', /precedes the answer/],
    ['a push to a stranger', recordOf([ask(1)], [give(1), WORK[1]!]), 'peer-closed', /precedes the answer/],
    ['no difficulty', recordOf([SUBSCRIBE], [WORK[0]!, WORK[2]!]), 'peer-closed', /precedes its difficulty/],
    [
      'no work',
      recordOf([SUBSCRIBE, ask(2, 'mining.authorize'), ask(3)], [WORK[0]!, give(2), give(3)]),
      'peer-closed',
      /has no work/,
    ],
    ['a job id twice', recordOf([SUBSCRIBE], [...WORK, WORK[2]!]), 'peer-closed', /not all different/],
    ['a long line', recordOf([], [], { longestLine: 9_000 }), 'peer-closed', /a line of 9000 bytes/],
    [
      'many lines',
      recordOf([SUBSCRIBE], [...WORK, ...Array<WireMessage>(40).fill(WORK[1]!)]),
      'peer-closed',
      /43 lines/,
    ],
    ['a defect', recordOf([ask(1)], [give(1)]), 'internal-error', /closed as internal-error/],
    ['no reason', recordOf([], [], { ...open, isClosed: true }), undefined, /closed for no reason/],
    [
      'a wrong reason',
      recordOf([], [], { ...open, isClosed: true }),
      'line-too-long',
      /closed as line-too-long/,
    ],
  ])('%s', (_name, connection, reason, sentence) => {
    expect(brokenConnectionLaws({ connection, reason }, around).join()).toMatch(sentence)
  })

  test('and one that is kept is not', () => {
    const connection = recordOf([SUBSCRIBE, ask(7)], [...WORK, give(7)])
    expect(brokenConnectionLaws({ connection, reason: 'peer-closed' }, around)).toEqual([])
  })
})

describe('a law of shares that is broken is seen:', () => {
  const job: HeldJob = recordOf([SUBSCRIBE], WORK).memory.job!
  const extranonce2 = '00'.repeat(8)
  const found = { extranonce2, versionBits: 0, nonce: mine(job, { extranonce2, versionBits: 0, from: 0 }) }
  const share: CreditedShare = {
    hash: hashOf(job, found),
    difficulty: 1e-9,
    address: ADDRESS,
    workerName: 'rig',
    isWorth: true,
    jobId: '00000001',
    atMs: 0,
  }
  const params = [`${ADDRESS}.rig`, job.jobId, extranonce2, job.ntime, found.nonce.toString(16)]
  const submit = (id: number) => ask(id, 'mining.submit', params)
  const submitted = (...answers: WireMessage[]) =>
    recordOf([SUBSCRIBE, ...answers.map(({ id }) => submit(id as number))], [...WORK, ...answers])

  test.each<[string, WireRecord, CreditedShare[], RegExp]>([
    ['accepted and lost', submitted(give(2)), [], /accepted and not in the journal/],
    ['credited twice', submitted(give(2)), [share, share], /in the journal twice/],
    ['accepted twice', submitted(give(2), give(3)), [share], /accepted twice/],
    ['another difficulty', submitted(give(2)), [{ ...share, difficulty: 1 }], /asked for 1e-9, credited 1:/],
    ['another miner', submitted(give(2)), [{ ...share, workerName: 'x' }], /credited to .*\.x/],
    ['worth less', submitted(give(2)), [{ ...share, isWorth: false }], /credited 1e-9 for less/],
    ['refused and credited', submitted(refuse(2, 20)), [share], /nobody was told/],
    ['from nowhere', submitted(), [share], /nobody was told/],
    ['a duplicate of nothing', submitted(refuse(2, 22)), [], /a duplicate of nothing/],
    ['low, and it is not', submitted(refuse(2, 23)), [], /low, and it was not/],
  ])('%s', (_name, connection, credited, sentence) => {
    expect(brokenShareLaws([connection], credited, new Map()).join()).toMatch(sentence)
  })

  test('credited too late', () => {
    const late = (atMs: number) =>
      brokenShareLaws([submitted(give(2))], [{ ...share, atMs }], new Map([['00000001', 10]]))
    expect(late(5_010)).toEqual([])
    expect(late(5_011).join()).toMatch(/credited 00000001, too late/)
  })

  test('two who search in the same place', () => {
    const other = recordOf([SUBSCRIBE], WORK)
    expect(brokenShareLaws([submitted(), other], [], new Map()).join()).toMatch(
      /two notifies with the search space/,
    )
  })

  test('and one that is kept is not, whether the client has heard of its share or not', () => {
    expect(share.hash <= targetOfDifficulty(1e-9)).toBe(true)
    expect(brokenShareLaws([submitted(give(2), refuse(3, 22))], [share], new Map())).toEqual([])
    const unheard = recordOf([SUBSCRIBE, submit(2)], WORK)
    expect(brokenShareLaws([unheard], [share], new Map())).toEqual([])
    expect(brokenShareLaws([unheard], [], new Map())).toEqual([])
  })
})

describe('what a pool has to say', () => {
  const expected = (text: string) => expectAnswers(Buffer.from(text)).answers.map(({ id }) => id)
  test.each([
    ['{"id":1,"method":"a"}\n\r\n{"id":"x","method":"b"}\r\n{"id":2,"method":"unfinished"}', [1, 'x']],
    ['{"method":"a"}\n{"id":5,"method":"pong"}\n{"id":5,"result":1}\n', [undefined, undefined, undefined]],
    ['{"id":null,"method":"mining.suggest_target"}\n{"id":null,"method":"mining.ping"}\n', [undefined, null]],
    [
      '{\n[]\n{"id":3,"method":1}\n{"id":{},"method":"a"}\n{"id":"1","id":[1],"method":"a"}\n',
      [null, null, 3, null, null],
    ],
    ['{"id":1,"id":2,"method":"a"}\n{"id":4,"method":"a","params":{}}\n', [2, 4]],
  ])('to %j', (text, ids) => {
    expect(expected(text)).toEqual(ids)
  })

  test('names an id as it was written', () => {
    const sent = '{"id":1.0,"method":"a"}\n{"id":"1e2","method":"a","params":[5]}\n{"id":1e400,"method":3}\n'
    const texts = expectAnswers(Buffer.from(sent)).answers.map(({ idText }) => idText)
    expect(texts).toEqual(['1.0', '"1e2"', '1e400'])
    const given = { id: 1, idText: '1', result: true, error: null }
    const connection = recordOf([], [given], { sent: Buffer.from('{"id":1.0,"method":"a"}\n') })
    const around = { events: 1, hasTimePassed: false, hasDiskFailed: false }
    const broken = brokenConnectionLaws({ connection, reason: 'peer-closed' }, around)
    expect(broken.join()).toContain('requests 1.0 were answered as 1')
  })

  test('ends where it has to close', () => {
    expect(expectAnswers(Buffer.from('x\n'.repeat(12)))).toMatchObject({ close: 'too-many-errors' })
    expect(expected('x\n'.repeat(12))).toHaveLength(10)
    expect(expectAnswers(Buffer.from('x\n' + 'x'.repeat(16_385)))).toMatchObject({ close: 'line-too-long' })
    expect(expectAnswers(Buffer.from('x'.repeat(16_384) + '\n')).close).toBeUndefined()
  })
})
