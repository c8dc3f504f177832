import { inspect } from 'node:util'
import { liveKeys, type LiveNode } from '@headframe/core/live/live-feed'
import {
  PROGRAM_GONE_AFTER_MS,
  type LiveJournal,
  type LiveProfiles,
  type LiveProgram,
  type LiveTasks,
  type LiveWork,
} from '@headframe/core/live/live-system'
import { DEFAULT_PROFILE } from '@headframe/core/stratum/client-profile'
import { setAlarm } from '@headframe/db/alarm/alarms'
import { addOperator } from '@headframe/db/operator/add-operator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../src/server/viewer'
import { openTestApi, type TestApi } from '../support/test-api'

const HOUR = 3_600_000
/** No other test's: Redis is shared with them. */
const NETWORK = 'testnet4'
const keys = liveKeys(NETWORK)
const viewer: OperatorViewer = {
  kind: 'operator',
  operatorId: '1',
  name: 'ada',
  role: 'viewer',
  secondFactorAtMs: 0,
  scopes: ['operator:read'],
}

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await api.database.pool.query('UPDATE pool SET network = $1', [NETWORK])
})
afterAll(() => api.close())
afterEach(async () => {
  const { node, work, selfCheck, canary, programs, processes, journals, tasks, taskWishes, profiles } = keys
  const [ofNodes, ofPrograms] = [
    [node, work, selfCheck, canary],
    [programs, processes, journals],
  ]
  await api.redis.commands.del(...ofNodes, ...ofPrograms, tasks, taskWishes, profiles)
})

const asOperator = () => api.call({ viewer }).consoleSystem
const asConsole = () => api.call({ viewer }).console
const tell = (key: string, value: object) => api.redis.commands.set(key, JSON.stringify(value), 'PX', 10_000)

describe('nodes', () => {
  it('says that nobody reports while nobody does', async () => {
    expect(await asOperator().nodes()).toEqual({
      node: { known: false, why: 'not-reported' },
      work: { known: false, why: 'not-reported' },
      selfCheck: { known: false, why: 'not-reported' },
      canary: { known: false, why: 'not-reported' },
    })
  })

  it('tells how far each node is behind the best, what it says of itself, and what the public is not told', async () => {
    const nowMs = Date.now()
    const common = { message: '', sinceMs: nowMs - HOUR, isChosen: false }
    const tip = { chainwork: String(2n ** 96n), sinceMs: nowMs, heardBy: 'rawblock' }
    const node: LiveNode = {
      ...{ atMs: nowMs, state: 'ok', message: '', sinceMs: nowMs - HOUR, jobAgeMs: 900 },
      nodes: [
        {
          ...{ ...common, name: 'near', state: 'ok', isChosen: true, templateFeesSats: '1234' },
          tip: { ...tip, hash: 'aa'.repeat(32), height: 503 },
          facts: { version: '/Satoshi:30.0.0/', peersIn: 2, peersOut: 10, latencyMs: 1.5, zmq: ['rawblock'] },
        },
        {
          ...{ ...common, name: 'far', state: 'lagging' },
          tip: { ...tip, hash: 'bb'.repeat(32), height: 500, chainwork: '17' },
          facts: { zmq: [] },
        },
        { ...common, name: 'gone', state: 'away' },
      ],
    }
    await tell(keys.node, node)
    const { node: told } = await asOperator().nodes()
    if (!told.known) throw new Error(told.why)
    expect(told.value.nodes.map(({ name, behindBlocks }) => [name, behindBlocks])).toEqual([
      ['near', 0],
      ['far', 3],
      ['gone', undefined],
    ])
    expect(told.value.nodes[0]).toMatchObject({
      templateFeesSats: 1234n,
      tip: { chainwork: 2n ** 96n, heardBy: 'rawblock' },
      facts: { version: '/Satoshi:30.0.0/', peersIn: 2, peersOut: 10, latencyMs: 1.5 },
    })
    const status = await api.call().pool.status()
    expect(inspect(status, { depth: 9 })).not.toMatch(/Satoshi|chainwork|peers/)
  })

  it('tells the newest jobs and why they were made', async () => {
    const reason = 'fees' as const
    const job = {
      ...{ jobId: '00000007', atMs: 5, node: 'near', reason, height: 504, cleanJobs: false },
      ...{ transactionCount: 3, feesSats: '42', coinbaseValueSats: '5000000042' },
      ...{ weight: 4_000, sizeBytes: 1_000, coinbaseBytes: 200, largestCoinbaseBytes: 700 },
    }
    await tell(keys.work, { jobs: [job] } satisfies LiveWork)
    expect((await asOperator().nodes()).work).toEqual({
      known: true,
      value: { jobs: [{ ...job, feesSats: 42n, coinbaseValueSats: 5_000_000_042n }] },
    })
  })
})

const stratumOf = (nextShareSeq: string) => ({
  ...{ atMs: Date.now(), connections: 4, workers: 3, eventLoopDelayP99Ms: 1, lateSharesCredited: 0 },
  ...{ profileHits: {}, nextShareSeq },
})

describe('processes', () => {
  const program = (changes: Partial<LiveProgram>): string => {
    const nowMs = Date.now()
    const told: LiveProgram = {
      ...{ atMs: nowMs, program: 'settle', name: '', host: 'rack', pid: 7, version: '1.2.3' },
      ...{
        startedAtMs: nowMs - HOUR,
        memoryBytes: 5e7,
        eventLoopDelayP99Ms: 0.5,
        doing: 'waits',
        ...changes,
      },
    }
    return JSON.stringify(told)
  }

  it('tells who runs and who has gone silent, with what a stratum process serves, and the alarms', async () => {
    const nowMs = Date.now()
    await api.redis.commands.hset(keys.programs, {
      a: program({}),
      b: program({ program: 'stratum', name: 's00-a' }),
      c: program({ program: 'primary', atMs: nowMs - 60_000 }),
      d: program({ program: 'web', atMs: nowMs - PROGRAM_GONE_AFTER_MS - 1_000 }),
    })
    await api.redis.commands.hset(keys.processes, { 's00-a': JSON.stringify(stratumOf('1')) })
    await setAlarm(api.database.pool, 'task', 'prune', 'The task prune fails: no room', nowMs - HOUR)
    const { programs, alarms } = await asOperator().processes()
    if (!programs.known) throw new Error(programs.why)
    expect(programs.value.map((each) => [each.program, each.isSilent, each.workers])).toEqual([
      ['primary', true, undefined],
      ['stratum', false, 3],
      ['settle', false, undefined],
    ])
    expect(alarms).toEqual([
      {
        ...{ name: 'task', subject: 'prune', sinceMs: nowMs - HOUR },
        message: 'The task prune fails: no room',
      },
    ])
  })
})

describe('the journal', () => {
  it('tells how many shares of each writer have not arrived, and what of them lies on which disk', async () => {
    const { rows } = await api.database.pool.query<{ writer_id: string; next_share_seq: string }>(
      'SELECT writer_id, next_share_seq FROM writer LIMIT 1',
    )
    const { writer_id: writerId, next_share_seq: arrived } = rows[0]!
    const nowMs = Date.now()
    const disk: LiveJournal = {
      ...{ atMs: nowMs, freeBytes: 40, totalBytes: 100 },
      writers: [
        {
          ...{ writerId, sealed: 9, sealedBytes: 900, unshipped: 2, unshippedBytes: 200 },
          ...{ oldestUnshippedAtMs: nowMs - 5_000, setAside: 1, isHeld: true },
        },
      ],
    }
    await api.redis.commands.hset(keys.journals, { rack: JSON.stringify(disk) })
    const running = stratumOf(String(BigInt(arrived) + 12n))
    await api.redis.commands.hset(keys.processes, {
      [writerId]: JSON.stringify(running),
      's09-new': JSON.stringify(stratumOf('3')),
    })
    const { disks, writers } = await asOperator().journal()
    expect(disks).toEqual([{ host: 'rack', atMs: nowMs, freeBytes: 40, totalBytes: 100 }])
    const behind = writers.find((writer) => writer.writerId === writerId)!
    expect(behind).toMatchObject({
      ...{ isRunning: true, arrivedShares: BigInt(arrived), lagShares: 12 },
      ...{ sealedSegments: 9, unshippedSegments: 2, unshippedBytes: 200, setAside: 1, isHeld: true },
    })
    expect(behind.lagMs).toBeGreaterThanOrEqual(5_000)
    // Nothing of it has arrived, and no shipper has said what lies there.
    expect(writers.find((writer) => writer.writerId === 's09-new')).toMatchObject({
      ...{ arrivedShares: 0n, lagShares: 3, lagMs: undefined, unshippedSegments: undefined, isHeld: false },
    })
  })
})

describe('tasks', () => {
  const report = (atMs: number): LiveTasks => ({
    atMs,
    tasks: [
      {
        ...{ name: 'prune', everyMs: HOUR, waiting: 0, active: 0, delayed: 1, failed: 1, isFailing: true },
        ...{ nextRunAtMs: atMs + HOUR, errors: [{ atMs: atMs - 5, reason: 'no room' }] },
      },
      {
        ...{ name: 'alert-email', waiting: 2, active: 1, delayed: 0, failed: 0, isFailing: false },
        errors: [],
      },
    ],
  })

  it('tells how each stands, and whether settle still says so', async () => {
    await tell(keys.tasks, report(Date.now()))
    const queues = await asOperator().queues()
    expect(queues).toMatchObject({
      known: true,
      value: { isSilent: false, tasks: [{ name: 'prune', isFailing: true }, { name: 'alert-email' }] },
    })
    await tell(keys.tasks, report(Date.now() - 60_000))
    expect(await asOperator().queues()).toMatchObject({ known: true, value: { isSilent: true } })
  })

  it('has one run at the word of an operator, on record', async () => {
    const ada = { name: 'ada', email: 'ada@pool.example', role: 'operator' } as const
    const id = await addOperator(api.database.pool, ada, Date.now())
    const operator: OperatorViewer = {
      ...viewer,
      ...{ operatorId: String(id), role: 'operator', scopes: ['operator:read', 'operator:write'] },
    }
    const run = (task: string) => api.call({ viewer: operator }).consoleSystem.runTask({ task })
    await expect(run('prune')).rejects.toThrow('settle does not report')
    await tell(keys.tasks, report(Date.now()))
    await expect(run('no-such-task')).rejects.toThrow('There is no task no-such-task.')
    // Its queue holds what waits to be sent; there is nothing to run.
    await expect(run('alert-email')).rejects.toThrow('There is no task alert-email.')
    expect(await run('prune')).toEqual({ done: true })
    const wish = await api.redis.commands.hget(keys.taskWishes, 'prune')
    expect(JSON.parse(wish!)).toMatchObject({ by: 'ada' })
    const { actions } = await asConsole().actions({ action: 'tasks.' })
    expect(actions.map(({ author, subject, outcome }) => [author, subject, outcome?.problem])).toEqual([
      ['ada', 'task prune', undefined],
      ['ada', 'task alert-email', 'There is no task alert-email.'],
      ['ada', 'task no-such-task', 'There is no task no-such-task.'],
      ['ada', 'task prune', expect.stringContaining('settle does not report')],
    ])
    expect(actions[0]!.outcome).toMatchObject({ before: { isFailing: true, failed: 1 } })
  })
})

describe('client profiles', () => {
  it('tells over all processes who is matched by which rule, and says when they differ', async () => {
    const ours = { ...DEFAULT_PROFILE, name: 'ours', userAgents: ['ours/*'], notes: 'measured' }
    const report = (changes: Partial<LiveProfiles>): string => {
      const told: LiveProfiles = {
        ...{ atMs: Date.now(), hasFile: true, profiles: [ours, DEFAULT_PROFILE], others: 1 },
        ...{ hits: { ours: 5, default: 1 }, sessions: { ours: 2, default: 1 } },
        clients: [
          { userAgent: 'Ours/1', profile: 'ours', sessions: 2 },
          { userAgent: 'else', profile: 'default', sessions: 1 },
        ],
        ...changes,
      }
      return JSON.stringify(told)
    }
    await api.redis.commands.hset(keys.profiles, { 's00-a': report({}), 's01-b': report({}) })
    const told = await asOperator().profiles()
    if (!told.known) throw new Error(told.why)
    expect(told.value).toMatchObject({ processes: 2, hasFile: true, isUniform: true, others: 2 })
    expect(told.value.profiles.map(({ name, sessions, hits }) => [name, sessions, hits])).toEqual([
      ['ours', 4, 10],
      ['default', 2, 2],
    ])
    expect(told.value.clients).toEqual([
      { userAgent: 'Ours/1', profile: 'ours', pattern: 'ours/*', isRule: false, next: 'ours', sessions: 4 },
      {
        userAgent: 'else',
        profile: 'default',
        pattern: undefined,
        isRule: false,
        next: 'default',
        sessions: 2,
      },
    ])

    const older = report({ atMs: Date.now() - 9_000, profiles: [DEFAULT_PROFILE], problem: 'not valid JSON' })
    await api.redis.commands.hset(keys.profiles, { 's01-b': older })
    expect(await asOperator().profiles()).toMatchObject({
      value: {
        isUniform: false,
        problem: 'not valid JSON',
        profiles: [{ name: 'ours' }, { name: 'default' }],
      },
    })
  })
})
