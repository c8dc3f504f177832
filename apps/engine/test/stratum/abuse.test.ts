import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jobOn } from '../job-on.js'
import { LineClient } from './line-client.js'
import { openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let pool: OpenPool
let witness: LineClient

beforeEach(async () => {
  pool = await openPool('0 difficulty=1 min=1e-9')
  pool.sendJob(jobOn(1))
  witness = await LineClient.connect(pool.port)
  await witness.call(1, 'mining.subscribe', [])
  await witness.call(2, 'mining.authorize', [ADDRESS])
})
afterEach(async () => {
  // Whatever the other peer did, this one is still served.
  expect((await witness.call(9, 'mining.ping', [])).result).toBe('pong')
  await pool.close()
})

describe('a peer that does not speak the protocol', () => {
  test.each([
    ['{', 'not valid JSON'],
    ['[1,2]', 'must be a JSON object'],
    ['{"id":1,"method":5}', 'method must be a string'],
    ['{"id":1,"method":"mining.subscribe","params":{}}', 'params must be an array'],
    ['{"id":{},"method":"x"}', 'id must be'],
    [`{"id":1,"method":"x","params":${'['.repeat(50)}${']'.repeat(50)}}`, 'nested too deeply'],
    ['{"id":1,"method":"__proto__","params":[]}', 'Unknown method "__proto__"'],
    ['{"id":1,"method":"mining.mystery","params":[]}', 'Unknown method "mining.mystery"'],
  ])('%s is told so', async (line, message) => {
    const client = await LineClient.connect(pool.port)
    client.write(`${line}\n`)
    expect((await client.next()).error?.[1]).toContain(message)
    expect((await client.call(2, 'mining.subscribe', [])).error).toBeNull()
  })

  test('is closed when it goes on', async () => {
    const client = await LineClient.connect(pool.port)
    client.write('GET / HTTP/1.1\n'.repeat(12))
    await client.closed
  })

  test('and goes on after it was closed is not heard any more', async () => {
    const socket = connect({ port: pool.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.write('GET / HTTP/1.1\n'.repeat(10))
    await new Promise((resolve) => socket.resume().once('end', resolve))
    socket.write('{"id":1,"method":"mining.subscribe"}\n')
    socket.end(`{"id":2,"method":"mining.authorize","params":["${ADDRESS}.ghost"]}\n`)
    await new Promise((resolve) => socket.once('close', resolve))
    await witness.call(3, 'mining.ping', [])
    expect(pool.presence.workerCount).toBe(1)
    expect(pool.extranonce1.held.size).toBe(1)
  })

  test('and sends bytes that are no text is told so', async () => {
    const client = await LineClient.connect(pool.port)
    client.socket.write(Buffer.from([0xff, 0xfe, 0x7b, 0x0a]))
    expect((await client.next()).error?.[1]).toContain('not valid UTF-8')
  })

  test('or never ends its line is closed', async () => {
    const client = await LineClient.connect(pool.port)
    client.write('a'.repeat(20_000))
    await client.closed
  })
})

describe('a peer that stalls', () => {
  test('is closed when it does not subscribe and authorize in time', async () => {
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    pool.clock.nowMs += 11_000
    await client.closed
  })

  test('or only half closes its side is let go', async () => {
    const before = pool.server.connectionCount
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    client.socket.end()
    await client.closed
    expect(pool.server.connectionCount).toBe(before)
  })

  test('or resets is let go', async () => {
    const client = await LineClient.connect(pool.port)
    client.send(1, 'mining.subscribe', [])
    client.socket.resetAndDestroy()
    await client.closed
  })

  test('or does not read is dropped before it fills the memory', async () => {
    const client = await LineClient.connect(pool.port)
    client.socket.pause()
    const request = `${JSON.stringify({ id: 'i'.repeat(100), method: 'mining.ping', params: [] })}\n`
    const flood = setInterval(() => client.write(request.repeat(500)), 2)
    await client.closed
    clearInterval(flood)
  })
})

describe('a pool without work', () => {
  test('closes its miners, takes none, and takes them back with the next job', async () => {
    pool.server.retire()
    await witness.closed
    const early = await LineClient.connect(pool.port)
    await early.closed
    pool.sendJob(jobOn(2))
    witness = await LineClient.connect(pool.port)
    await witness.call(1, 'mining.subscribe', [])
    await witness.call(2, 'mining.authorize', [ADDRESS])
    expect(await witness.push('mining.notify')).toHaveLength(9)
  })
})

describe('a suggested difficulty', () => {
  test('is taken before subscribe, and every repetition is answered', async () => {
    const client = await LineClient.connect(pool.port)
    expect((await client.call(0, 'mining.suggest_difficulty', [0.00015])).result).toBe(true)
    await client.call(1, 'mining.subscribe', [])
    client.send(2, 'mining.authorize', [ADDRESS])
    expect(await client.push('mining.set_difficulty')).toEqual([0.00015])
    expect((await client.call('x', 'mining.suggest_difficulty', [0.00015])).result).toBe(true)
  })

  test('changes running work: the difficulty, then the same job under a fresh id and another coinbase', async () => {
    const client = await LineClient.connect(pool.port)
    await client.call(1, 'mining.subscribe', [])
    client.send(2, 'mining.authorize', [ADDRESS])
    const first = await client.push('mining.notify')
    client.send(3, 'mining.suggest_difficulty', [0.25])
    expect(await client.push('mining.set_difficulty')).toEqual([0.25])
    const second = await client.push('mining.notify')
    expect(second[0]).toBe(`${String(first[0]).slice(0, 8)}01`)
    expect(second[1]).toBe(first[1])
    expect(second[2]).not.toBe(first[2])
    expect(second.at(-1)).toBe(false)
  })
})
