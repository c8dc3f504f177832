import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { homeAddress, type Introduction } from '../../src/sessions/home-proof.js'
import { closed, hear, HOME_PREFIX, openFront, openHome, temporaryDirectory } from './open-front.js'

const MIB = 1_024 * 1_024
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const echo = (stream: Socket): void => {
  stream.on('error', () => undefined)
  stream.on('data', (bytes) => stream.write(bytes))
}

describe.each([
  ['a plain miner', false],
  ['a miner with TLS', true],
])('%s', (_who, withTls) => {
  test('is brought home with all he has said, and with where he came from', async () => {
    const dataDir = await temporaryDirectory()
    const introductions: Introduction[] = []
    await openHome(dataDir, HOME_PREFIX, (stream, introduction) => {
      introductions.push(introduction)
      echo(stream)
    })
    const front = await openFront(dataDir, withTls)
    const miner = await front.dial()
    const said = randomBytes(4 * MIB)
    const heard = hear(miner, (bytes) => bytes.length >= said.length)
    miner.write(said)
    expect(hashOf(await heard)).toBe(hashOf(said))
    expect(introductions).toEqual([{ remoteAddress: '127.0.0.1', portNumber: 3333, answeredCount: 0 }])
    expect(front.verdicts).toEqual([true])
  })

  test('is heard to his last byte, and hears the last byte of the home', async () => {
    const dataDir = await temporaryDirectory()
    const atHome: Promise<Buffer>[] = []
    const last = randomBytes(MIB)
    await openHome(dataDir, HOME_PREFIX, (stream) => {
      atHome.push(hear(stream, (bytes) => bytes.toString().endsWith('bye')))
      void atHome[0]!.then(() => stream.end(last))
    })
    const front = await openFront(dataDir, withTls)
    const miner = await front.dial()
    miner.write('hello ')
    await vi.waitFor(() => expect(front.verdicts).toEqual([true]))
    const heard = hear(miner, () => false)
    miner.write('bye')
    expect((await atHome[0]!).toString()).toBe('hello bye')
    expect(hashOf(await heard)).toBe(hashOf(last))
    await Promise.all([closed(miner), closed(front.streams[0]!)])
  })
})

test('what a miner says as he leaves still comes home', async () => {
  const dataDir = await temporaryDirectory()
  const atHome: Promise<Buffer>[] = []
  await openHome(dataDir, HOME_PREFIX, (stream) => void atHome.push(hear(stream, () => false)))
  const front = await openFront(dataDir)
  const miner = await front.dial()
  miner.write('hello')
  await vi.waitFor(() => expect(atHome.length).toBe(1))
  const said = randomBytes(64 * 1_024)
  miner.end(said)
  expect(hashOf(await atHome[0]!)).toBe(hashOf(Buffer.concat([Buffer.from('hello'), said])))
  await Promise.all([closed(miner), closed(front.streams[0]!)])
})

test('a miner who does not read is not read for: what the home writes stays with the home', async () => {
  const dataDir = await temporaryDirectory()
  const homes: Socket[] = []
  await openHome(dataDir, HOME_PREFIX, (stream) => {
    homes.push(stream)
    echo(stream)
  })
  const front = await openFront(dataDir)
  const miner = await front.dial()
  miner.pause()
  miner.write('x')
  await vi.waitFor(() => expect(homes.length).toBe(1))
  // More than the sockets' own buffers take.
  homes[0]!.write(Buffer.alloc(64 * MIB))
  let before = -1
  while (homes[0]!.writableLength !== before) {
    before = homes[0]!.writableLength
    await sleep(50)
  }
  expect(homes[0]!.writableLength).toBeGreaterThan(16 * MIB)
  expect(front.streams[0]!.writableLength).toBeLessThan(MIB)
})

describe('without a home', () => {
  test('the caller has the miner back with nothing lost', async () => {
    const front = await openFront(await temporaryDirectory())
    const miner = await front.dial()
    const heard = hear(miner, (bytes) => bytes.length >= 'mine:first second'.length)
    miner.write('first ')
    await vi.waitFor(() => expect(front.streams[0]?.isPaused()).toBe(true))
    miner.write('second')
    expect((await heard).toString()).toBe('mine:first second')
    expect(front.verdicts).toEqual([false])
  })

  test('one that comes within the time is found', async () => {
    const dataDir = await temporaryDirectory()
    const front = await openFront(dataDir)
    const miner = await front.dial()
    miner.write('hello')
    await vi.waitFor(() => expect(front.streams[0]?.isPaused()).toBe(true))
    await openHome(dataDir, HOME_PREFIX, echo)
    expect((await hear(miner, (bytes) => bytes.length === 5)).toString()).toBe('hello')
  })

  test('a miner who leaves meanwhile is nobody any more', async () => {
    const front = await openFront(await temporaryDirectory())
    const miner = await front.dial()
    miner.write('hello')
    await vi.waitFor(() => expect(front.streams[0]?.isPaused()).toBe(true))
    miner.resetAndDestroy()
    front.streams[0]!.destroy()
    await vi.waitFor(() => expect(front.verdicts).toEqual([true]))
  })
})

test('a miner is not handed to somebody who only listens where the home should be', async () => {
  const dataDir = await temporaryDirectory()
  const front = await openFront(dataDir)
  const secret = (await readFile(join(dataDir, 'home-secret'), 'utf8')).trim()
  expect((await stat(join(dataDir, 'home-secret'))).mode & 0o777).toBe(0o600)
  let heard = ''
  const impostor = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => (heard += bytes.toString()))
    socket.write(`${'0'.repeat(32)}\n${'1'.repeat(64)}\n`)
  })
  impostor.listen(homeAddress(dataDir, HOME_PREFIX))
  await once(impostor, 'listening')
  onTestFinished(() => void impostor.close())
  const miner = await front.dial()
  const answer = hear(miner, (bytes) => bytes.length >= 'mine:my words'.length)
  miner.write('my words')
  expect((await answer).toString()).toBe('mine:my words')
  expect(heard).toContain('proof')
  expect(heard).not.toContain(secret)
  expect(heard).not.toContain('my words')
})

test('a home whose place is taken goes without it', async () => {
  const dataDir = await temporaryDirectory()
  const squatter = createServer()
  squatter.listen(homeAddress(dataDir, HOME_PREFIX))
  await once(squatter, 'listening')
  onTestFinished(() => void squatter.close())
  const home = await openHome(dataDir, HOME_PREFIX, echo)
  home.close()
})

describe('a stranger at the door', () => {
  const proof = '0'.repeat(64)
  const forged = { remoteAddress: '10.0.0.1', portNumber: 3333, answeredCount: 0, nonce: 'n', proof }
  test.each([
    ['says nothing', ''],
    ['says no line', 'x'.repeat(2_000)],
    ['says something else', '{"id":1,"method":"mining.subscribe"}\n'],
    ['says null', 'null\n'],
    ['knows no secret', `${JSON.stringify(forged)}\n`],
    ['has half a proof', `${JSON.stringify({ ...forged, proof: '0' })}\n`],
  ])('is turned away when he %s', async (_what, words) => {
    const dataDir = await temporaryDirectory()
    let count = 0
    await openHome(dataDir, HOME_PREFIX, () => (count += 1))
    const stranger = connect(homeAddress(dataDir, HOME_PREFIX))
    stranger.on('error', () => undefined)
    stranger.resume()
    stranger.write(words)
    await closed(stranger)
    expect(count).toBe(0)
  })
})

const pipes = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('Pipe'))

test('whoever dies at whatever moment, nobody is left behind', async () => {
  const dataDir = await temporaryDirectory()
  const homes: Socket[] = []
  const miners: Socket[] = []
  await openHome(dataDir, HOME_PREFIX, (stream) => {
    homes.push(stream)
    echo(stream)
  })
  const front = await openFront(dataDir)
  const kill = (stream: Socket | undefined, round: number): void => {
    if (round % 2 === 0) stream?.destroy()
    else stream?.resetAndDestroy()
  }
  const pipesBefore = pipes().length
  for (let round = 0; round < 60; round++) {
    const miner = await front.dial()
    miners.push(miner)
    miner.resume()
    miner.write(randomBytes(1 + round * 997))
    // From before the home is found to well behind it, in steps that a turn of the loop can tell apart.
    for (let turn = 0; turn < round % 20; turn++) await new Promise(setImmediate)
    if (round % 3 === 0) kill(miner, round)
    else if (round % 3 === 1) kill(front.streams.at(-1), round)
    else homes.at(-1)?.destroy()
  }
  for (const stream of homes) stream.destroy()
  for (const miner of miners) miner.destroy()
  await Promise.all([...homes, ...front.streams, ...miners].map(closed))
  await vi.waitFor(() => expect(pipes().length).toBeLessThanOrEqual(pipesBefore))
})
