import { once } from 'node:events'
import { connect } from 'node:net'
import { ERROR_OTHER } from '@headframe/core/stratum/reject-code'
import { describe, expect, test } from 'vitest'
import { besideWitness, type Scene } from './beside-witness.js'
import { WireConnection } from './wire-connection.js'
import { answersOf } from './wire-record.js'

const ABUSER = '198.51.100.1'
/** Nobody mines there but who abuses. */
const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const ELSEWHERE = '203.0.113.1'
const MAX_LINE_BYTES = 16_384

const line = (message: object): Buffer => Buffer.from(`${JSON.stringify(message)}\n`)
const PING = line({ id: 1, method: 'mining.ping', params: [] })
const LOGIN = Buffer.concat([
  line({ id: 1, method: 'mining.subscribe', params: [] }),
  line({ id: 2, method: 'mining.authorize', params: [`${ADDRESS}.abuser`] }),
])
/** Of a job that nobody was given: earns nothing, and nothing is held against it. */
const SUBMIT = line({
  id: 3,
  method: 'mining.submit',
  params: [`${ADDRESS}.abuser`, 'ffffffff00', '00'.repeat(8), '00000000', '00000000'],
})

/** What it was told went wrong, in order. */
const complaintsOf = (connection: WireConnection): readonly string[] =>
  answersOf(connection).flatMap(({ error }) => (error === null || error === undefined ? [] : [error[1]]))

async function login({ connect }: Scene, from = ABUSER): Promise<WireConnection> {
  const connection = await connect(from)
  connection.write(LOGIN)
  await connection.until(() => connection.memory.job !== undefined)
  return connection
}

describe('a well-behaved miner loses nothing beside', () => {
  test('a slowloris, which is closed when its handshake takes too long', () =>
    besideWitness({}, async (scene) => {
      const slow = await Promise.all(
        Array.from({ length: 20 }, (_, number) => scene.connect(`198.51.100.${number + 1}`)),
      )
      for (const byte of LOGIN.subarray(0, 9)) {
        for (const connection of slow) connection.write(Uint8Array.of(byte))
        await scene.passTime(1_000)
      }
      await scene.passTime(2_000)
      for (const { remoteAddress } of slow)
        expect(await scene.reasonOf(remoteAddress)).toBe('handshake-timeout')
    }))

  test('one who subscribes and never says who is to be paid', () =>
    besideWitness({}, async (scene) => {
      const nobody = await scene.connect(ABUSER)
      nobody.write(LOGIN.subarray(0, LOGIN.indexOf('\n') + 1))
      expect(await nobody.allAnswered()).toBe(true)
      await scene.passTime(11_000)
      expect(await scene.reasonOf(ABUSER)).toBe('handshake-timeout')
    }))

  test('one who never says anything again', () =>
    besideWitness({ idleTimeoutMs: 60_000 }, async (scene) => {
      const silent = await login(scene)
      await scene.passTime(61_000)
      expect(await silent.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('idle')
    }))

  test('a flood of messages, which is answered for a while and then closed', () =>
    besideWitness({ messagesPerSecond: 10 }, async (scene) => {
      const flood = await login(scene)
      flood.write(Buffer.concat(Array<Buffer>(1_000).fill(PING)))
      expect(await flood.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-messages')
      expect(flood.answerCount).toBeGreaterThanOrEqual(100)
      expect(flood.answerCount).toBeLessThan(200)
    }))

  test('a flood of messages before any login, which no client needs', () =>
    besideWitness({}, async (scene) => {
      const flood = await scene.connect(ABUSER)
      flood.write(Buffer.concat(Array<Buffer>(1_000).fill(PING)))
      expect(await flood.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-messages')
      expect(flood.answerCount).toBe(64)
    }))

  test('submissions without end and without a share', () =>
    besideWitness({}, async (scene) => {
      const fruitless = await login(scene)
      fruitless.write(Buffer.concat(Array<Buffer>(2_000).fill(SUBMIT)))
      expect(await fruitless.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-rejects')
      expect(complaintsOf(fruitless)).toHaveLength(1_000)
    }))

  test('a flood through many connections of one address, and nobody else is held to it', () =>
    besideWitness({ messagesPerSecondPerAddress: 50 }, async (scene) => {
      const other = await login(scene, ELSEWHERE)
      const flood = await Promise.all(Array.from({ length: 10 }, () => login(scene)))
      for (const connection of flood) connection.write(Buffer.concat(Array<Buffer>(200).fill(PING)))
      for (const connection of flood) expect(await connection.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-messages-from-address')
      other.write(PING)
      expect(await other.allAnswered()).toBe(true)
      expect(other.isClosed).toBe(false)
    }))

  test('a flood of submissions: judged for a while, then the pool is busy, then closed', () =>
    besideWitness({ submitsPerSecond: 1 }, async (scene) => {
      const flood = await login(scene)
      flood.write(Buffer.concat(Array<Buffer>(100).fill(SUBMIT)))
      expect(await flood.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-submits')
      const busy = complaintsOf(flood).map((text) => text.includes('pool is busy'))
      const judgedCount = busy.indexOf(true)
      expect(judgedCount).toBeGreaterThanOrEqual(10)
      expect(busy.slice(judgedCount)).not.toContain(false)
      expect(busy.length - judgedCount).toBeLessThan(20)
    }))

  test('one who never reads, and is dropped before it fills the memory', () =>
    besideWitness({ messagesPerSecond: Infinity, messagesPerSecondPerAddress: Infinity }, async (scene) => {
      const deaf = await login(scene)
      deaf.pause()
      const long = line({ id: 'i'.repeat(100), method: 'mining.ping', params: [] })
      const packet = Buffer.concat(Array<Buffer>(500).fill(long))
      const flood = setInterval(() => deaf.write(packet), 2)
      expect(await scene.reasonOf(ABUSER)).toBe('output-full')
      clearInterval(flood)
    }))

  test('a line that does not end, and one that is a byte too long', () =>
    besideWitness({}, async (scene) => {
      const ping = (bytes: number): Buffer => {
        const padding = ' '.repeat(bytes - PING.length + 1)
        return Buffer.from(PING.toString().replace('\n', `${padding}\n`))
      }
      const [endless, long] = [await scene.connect(ABUSER), await scene.connect(ELSEWHERE)]
      endless.write(Buffer.alloc(MAX_LINE_BYTES + 1, 'a'))
      long.write(Buffer.concat([ping(MAX_LINE_BYTES), ping(MAX_LINE_BYTES + 1), PING]))
      expect(await endless.closed()).toBe(true)
      expect(await long.closed()).toBe(true)
      expect([await scene.reasonOf(ABUSER), endless.answerCount]).toEqual(['line-too-long', 0])
      expect([await scene.reasonOf(ELSEWHERE), long.answerCount]).toEqual(['line-too-long', 1])
    }))

  test('one who does not speak the protocol: told so ten times, then closed', () =>
    besideWitness({}, async (scene) => {
      const browser = await scene.connect(ABUSER)
      browser.write(Buffer.from('GET / HTTP/1.1\r\n'.repeat(40)))
      expect(await browser.closed()).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-errors')
      expect(complaintsOf(browser)).toEqual(Array<string>(10).fill('The line is not valid JSON'))
    }))

  test('one who goes on after it was closed, and is not heard any more', () =>
    besideWitness({}, async ({ pool, reasonOf }) => {
      const socket = connect({ port: pool.ports[1]!, host: '127.0.0.1', allowHalfOpen: true })
      socket.write(`PROXY TCP4 ${ABUSER} 127.0.0.1 40000 3333\r\n${'{\n'.repeat(10)}`)
      await once(socket.resume(), 'end')
      socket.end(LOGIN)
      await once(socket, 'close')
      expect(await reasonOf(ABUSER)).toBe('too-many-errors')
      const probe = await WireConnection.connectFrom(ELSEWHERE, pool.ports[1]!)
      probe.write(PING)
      await probe.allAnswered()
      expect(pool.presence.workerCount).toBe(1)
      expect(pool.extranonce1.held.size).toBe(1)
      probe.end('half')
    }))

  test('one who mixes nonsense with sense, and is told of each line what is wrong', () =>
    besideWitness({}, async (scene) => {
      const confused = await scene.connect(ABUSER)
      confused.write(
        Buffer.concat(
          Array<Buffer[]>(20)
            .fill([Buffer.from('{\n'), PING])
            .flat(),
        ),
      )
      expect(await confused.allAnswered()).toBe(true)
      const codes = answersOf(confused).map(({ error }) => error?.[0])
      expect(codes).toEqual(Array<unknown[]>(20).fill([ERROR_OTHER, undefined]).flat())
      expect(confused.isClosed).toBe(false)
    }))

  test('a thousand who come, say something and go, in every way there is', () =>
    besideWitness({}, async (scene) => {
      for (let round = 0; round < 25; round++) {
        const crowd = await Promise.all(
          Array.from({ length: 40 }, (_, number) => scene.connect(`198.51.${number}.1`)),
        )
        for (const [index, connection] of crowd.entries()) {
          connection.write(LOGIN.subarray(0, (index * 7) % (LOGIN.length + 1)))
          connection.end((['half', 'destroy', 'reset'] as const)[index % 3]!)
        }
        for (const connection of crowd) await connection.closed()
      }
      const { pool } = scene
      for (let turn = 0; turn < 1_000 && pool.guard.connectionCount > 1; turn++)
        await new Promise(setImmediate)
      expect(pool.guard.connectionCount).toBe(1)
      expect(pool.presence.workerCount).toBe(1)
      expect(pool.extranonce1.held.size).toBe(1)
    }))
})
