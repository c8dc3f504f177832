import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesToHex } from '@headframe/core/bytes'
import { displayHash } from '@headframe/core/chain/header'
import { ConnectionError, PoolError } from '../src/client-error.js'
import { StratumClient, type StratumClientOptions } from '../src/stratum-client.js'
import { recorded, ScriptedPool, type Script } from './scripted-pool.js'

/** The example job of the Stratum v1 documentation, as a pool sent it in 2012. */
const NOTIFY =
  '{"params": ["bf", "4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000", "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff20020862062f503253482f04b8864e5008", "072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef9903327048ed988ac00000000", [], "00000002", "1c2ac4af", "504e86b9", false], "id": null, "method": "mining.notify"}'
const SUBSCRIBED =
  '{"id": $id, "result": [ [ ["mining.set_difficulty", "b4b6693b72a50c7116db18d6497cac52"], ["mining.notify", "ae6812eb4cd7735a302a8a9dd95cf71f"]], "08000002", 4], "error": null}'
const OK = '{"id": $id, "result": true, "error": null}'
const STALE = '{"id": $id, "result": null, "error": [21, "Job not found", null]}'

const RECORDING = {
  'mining.subscribe': [SUBSCRIBED],
  'mining.authorize': [OK, '{"id": null, "method": "mining.set_difficulty", "params": [2.5]}', NOTIFY],
  'mining.configure': [
    '{"error": null, "id": $id, "result": {"version-rolling": true, "version-rolling.mask": "18000000"}}',
  ],
  'mining.submit': [OK],
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function poolWith(script: Script): Promise<ScriptedPool> {
  const pool = await ScriptedPool.listen(script)
  closing.push(() => pool.close())
  return pool
}

async function clientOf(
  pool: ScriptedPool,
  options: Partial<StratumClientOptions> = {},
): Promise<StratumClient> {
  const client = await StratumClient.connect({ ...pool.endpoint, ...options })
  closing.push(() => client.abort())
  return client
}

describe('the journey of a share', () => {
  it('configures, subscribes, authorizes, takes a job and submits', async () => {
    const pool = await poolWith(recorded(RECORDING))
    const client = await clientOf(pool, { userAgent: 'test/1' })
    expect(await client.configure()).toBe(0x18000000)
    await client.subscribe()
    expect([bytesToHex(client.pool.extranonce1), client.pool.extranonce2Size]).toEqual(['08000002', 4])
    await client.authorize('slush.miner1', 'password')
    const job = await client.jobWhere()
    expect(displayHash(job.prevHash)).toBe('00000000440b921e1b77c6c0487ae5616de67f788f44ae2a5af6e2194d16b6f8')
    expect(job).toMatchObject({
      jobId: 'bf',
      version: 2,
      nbits: 0x1c2ac4af,
      ntime: 0x504e86b9,
      cleanJobs: false,
      difficulty: 2.5,
      versionMask: 0x18000000,
      extranonce2Size: 4,
    })
    const share = {
      jobId: 'bf',
      extranonce2: Uint8Array.of(0, 0, 0, 1),
      ntime: 0x504e86ed,
      nonce: 0xb2957c02,
    }
    expect(await client.submit(share)).toEqual({ isAccepted: true })
    expect(await client.submit({ ...share, versionBits: 0x08000000 })).toEqual({ isAccepted: true })
    expect(pool.heard).toEqual([
      '{"id":1,"method":"mining.configure","params":[["version-rolling"],{"version-rolling.mask":"ffffffff","version-rolling.min-bit-count":2}]}',
      '{"id":2,"method":"mining.subscribe","params":["test/1"]}',
      '{"id":3,"method":"mining.authorize","params":["slush.miner1","password"]}',
      '{"id":4,"method":"mining.submit","params":["slush.miner1","bf","00000001","504e86ed","b2957c02"]}',
      '{"id":5,"method":"mining.submit","params":["slush.miner1","bf","00000001","504e86ed","b2957c02","08000000"]}',
    ])
  })

  it('shows every line in either direction', async () => {
    const pool = await poolWith(recorded(RECORDING))
    const lines: string[] = []
    const client = await clientOf(pool, { onLine: (direction, line) => lines.push(`${direction} ${line}`) })
    await client.subscribe()
    expect(lines).toEqual([`out ${pool.heard[0]}`, `in ${SUBSCRIBED.replace('$id', '1')}`])
  })

  it('matches answers by their id, in whatever order they come', async () => {
    const held: string[] = []
    const pool = await poolWith((line, send) => {
      const { id } = JSON.parse(line) as { id: number }
      held.push(JSON.stringify({ id, result: `answer ${id}`, error: null }))
      if (held.length === 3) for (const answer of held.reverse()) send(answer)
    })
    const client = await clientOf(pool)
    const answers = await Promise.all(['a', 'b', 'c'].map((method) => client.request(method, [])))
    expect(answers).toEqual(['answer 1', 'answer 2', 'answer 3'])
    expect(client.pendingCount).toBe(0)
  })
})

it('reads a packet that holds answers and pushes in its order', async () => {
  const push = '{"id": null, "method": "mining.set_difficulty", "params": [4]}'
  const pool = await poolWith((line, _send, socket) => {
    const { id, method } = JSON.parse(line) as { id: number; method: string }
    if (method !== 'mining.configure') return
    const configured = RECORDING['mining.configure'][0]!.replace('$id', String(id))
    const answers = [configured, SUBSCRIBED.replace('$id', String(id + 1)), OK.replace('$id', String(id + 2))]
    socket.write(`${[...answers, push, NOTIFY].join('\r\n')}\n`)
  })
  const client = await clientOf(pool)
  const jobs: unknown[] = []
  client.on('job', (job) => jobs.push({ ...job, username: client.username }))
  await Promise.all([client.configure(), client.subscribe(), client.authorize('a.b')])
  const extranonce1 = Uint8Array.of(8, 0, 0, 2)
  const terms = { extranonce1, extranonce2Size: 4, difficulty: 4, versionMask: 0x18000000, username: 'a.b' }
  expect(jobs).toEqual([expect.objectContaining(terms)])
})

describe('refusals', () => {
  it('of a share are values', async () => {
    const pool = await poolWith(recorded({ 'mining.submit': [STALE] }))
    const client = await clientOf(pool)
    const share = { jobId: 'bf', extranonce2: new Uint8Array(4), ntime: 0, nonce: 0 }
    expect(await client.submit(share)).toEqual({ isAccepted: false, code: 21, text: 'Job not found' })
  })

  it.each([
    ['[24,"Unauthorized worker",null]', 24, 'Unauthorized worker'],
    ['{"code":-3,"message":"no"}', -3, 'no'],
    ['"go away"', 0, 'go away'],
    ['[]', 0, 'no reason given'],
  ])('are read from %s', async (error, code, message) => {
    const pool = await poolWith(
      recorded({ 'mining.authorize': [`{"id":$id,"result":null,"error":${error}}`] }),
    )
    const client = await clientOf(pool)
    const refusal = await client.authorize('nobody').catch((reason: unknown) => reason)
    expect(refusal).toBeInstanceOf(PoolError)
    expect(refusal).toMatchObject({ code, message })
  })

  it('may be a plain false', async () => {
    const pool = await poolWith(
      recorded({ 'mining.authorize': [OK.replace('true', 'false')], 'mining.subscribe': [OK] }),
    )
    const client = await clientOf(pool)
    await expect(client.authorize('nobody')).rejects.toThrow('does not know nobody')
    await expect(client.subscribe()).rejects.toThrow('makes no sense')
  })
})

describe('what the pool pushes', () => {
  it('holds for the jobs that follow, not for those that came before', async () => {
    const pool = await poolWith(recorded(RECORDING))
    const client = await clientOf(pool)
    await client.subscribe()
    await client.authorize('a')
    const first = await client.jobWhere()
    const second = client.jobWhere(({ jobId }) => jobId === 'c0')
    pool.push('{"id":null,"method":"mining.set_difficulty","params":[0.000000001]}\n')
    pool.push('{"id":null,"method":"mining.set_version_mask","params":["1fffe000"]}\n')
    pool.push('{"id":null,"method":"mining.set_extranonce","params":["0a0b",8]}\n')
    pool.push(`${NOTIFY.replace('"bf"', '"c0"')}\n`)
    expect(await second).toMatchObject({ difficulty: 1e-9, versionMask: 0x1fffe000, extranonce2Size: 8 })
    expect(first).toMatchObject({ difficulty: 2.5, versionMask: 0, extranonce2Size: 4 })
    expect(client.pool.jobOf('bf')).toBe(first)

    const third = client.jobWhere(({ cleanJobs }) => cleanJobs)
    pool.push(`${NOTIFY.replace('"bf"', '"c1"').replace('false', 'true')}\n`)
    await third
    expect(client.pool.jobOf('bf')).toBeUndefined()
  })

  it('is answered where it asks, and never followed elsewhere', async () => {
    const pool = await poolWith(recorded({}))
    const client = await clientOf(pool, { userAgent: 'test/1' })
    const faults: string[] = []
    const messages: string[] = []
    client.on('fault', (what) => faults.push(what)).on('message', (text) => messages.push(text))
    for (const push of [
      '{"id":7,"method":"mining.ping","params":[]}',
      '{"id":null,"method":"client.reconnect","params":["elsewhere.example",3333,0]}',
      '{"id":null,"method":"client.show_message","params":["hello"]}',
      '{"id":9,"method":"mining.unheard_of","params":[]}',
      '{"id":null,"method":"mining.notify","params":["bf"]}',
      '{"id":null,"method":"mining.set_difficulty","params":["hard"]}',
      '{"id":99,"result":true,"error":null}',
      'not json',
      '{"id":8,"method":"client.get_version","params":[]}',
    ]) {
      pool.push(`${push}\n`)
    }
    await expect
      .poll(() => pool.heard)
      .toEqual([
        '{"id":7,"result":"pong","error":null}',
        '{"id":9,"result":null,"error":[20,"Not understood",null]}',
        '{"id":8,"result":"test/1","error":null}',
      ])
    expect(messages).toEqual(['hello'])
    expect(faults).toEqual([
      'client.reconnect, which is not followed',
      'mining.unheard_of that makes no sense',
      'mining.notify that makes no sense',
      'mining.set_difficulty that makes no sense',
      'an answer to no request, id 99',
      'a line that is not-json',
    ])
    expect(client.pool.job).toBeUndefined()
    expect(pool.connectionCount).toBe(1)
  })
})

describe('a connection that ends', () => {
  it('rejects what waits, and everything after', async () => {
    const pool = await poolWith((_line, _send, socket) => socket.destroy())
    const client = await clientOf(pool)
    const closed = once(client, 'close')
    const waiting = [client.request('mining.ping', []), client.jobWhere()]
    for (const result of await Promise.allSettled(waiting)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'ConnectionError' } })
    }
    expect(await closed).toEqual(['closed by the pool'])
    expect(client.isOpen).toBe(false)
    await expect(client.request('mining.ping', [])).rejects.toBeInstanceOf(ConnectionError)
    await expect(client.jobWhere()).rejects.toBeInstanceOf(ConnectionError)
    await client.close()
  })

  it('by close() sends what was written before', async () => {
    const pool = await poolWith(recorded({}))
    const client = await clientOf(pool)
    client.send('{"last":1}')
    await Promise.all([client.close(), client.close()])
    await expect.poll(() => pool.heard).toEqual(['{"last":1}'])
    await expect.poll(() => pool.sockets.size).toBe(0)
  })

  it('by a line without end is given up', async () => {
    const pool = await poolWith(recorded({}))
    const client = await clientOf(pool)
    const closed = once(client, 'close')
    await expect.poll(() => pool.sockets.size).toBe(1)
    pool.push('x'.repeat(300 * 1024))
    expect((await closed)[0]).toContain('without a line end')
  })

  it('is told apart from one that never was', async () => {
    const pool = await poolWith(recorded({}))
    const { endpoint } = pool
    await pool.close()
    const { host, port } = endpoint
    await expect(StratumClient.connect(endpoint)).rejects.toThrow(
      `no connection to ${host}:${port}: ECONNREFUSED`,
    )
  })
})

it('does not wait for an answer for ever', async () => {
  const pool = await poolWith(recorded({}))
  const client = await clientOf(pool, { requestTimeoutMs: 50 })
  await expect(client.request('mining.ping', [])).rejects.toThrow(
    'mining.ping was not answered within 0.05 s',
  )
  await expect(client.jobWhere(undefined, 50)).rejects.toThrow('no such job within 50 ms')
  expect(client.pendingCount).toBe(0)
})
