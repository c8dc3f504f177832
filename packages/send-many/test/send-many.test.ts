import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSenders } from '../src/load-senders.js'

const { sendMany, sendEach } = loadSenders() ?? {}
let server: Server
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

/** Two ends of a connection; `far` reads nothing until it is told. */
async function openPair(): Promise<{ near: Socket; far: Socket; fd: number }> {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(near, 'connect')
  const [far] = await accepted
  far.pause()
  const { fd } = (near as unknown as { _handle: { fd: number } })._handle
  return { near, far, fd }
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

describe.runIf(sendMany !== undefined)('sending to many', () => {
  it('reaches each of the first so many, and nobody else', async () => {
    const pairs: Awaited<ReturnType<typeof openPair>>[] = []
    for (let i = 0; i < 5; i++) pairs.push(await openPair())
    const sent = new Int32Array(5).fill(7)
    const bytes = Buffer.from('xxsame bytesxx').subarray(2, 12)
    sendMany!(
      Int32Array.from(pairs, ({ fd }) => fd),
      4,
      bytes,
      sent,
    )
    expect([...sent]).toEqual([10, 10, 10, 10, 7])
    for (const { near } of pairs) near.end()
    const received = await Promise.all(pairs.map(({ far }) => readAll(far)))
    expect(received.map(String)).toEqual([...Array<string>(4).fill('same bytes'), ''])
    for (const { far } of pairs) far.destroy()
  })

  it('says how much a peer that does not read was sent, to the byte', async () => {
    const { near, far, fd } = await openPair()
    const sent = new Int32Array(1)
    const bytes = new Uint8Array(300_001).map((_, index) => index)
    const parts: Uint8Array[] = []
    do {
      sendMany!(Int32Array.of(fd), 1, bytes, sent)
      parts.push(bytes.subarray(0, sent[0]))
    } while (sent[0]! > 0)
    expect(sent[0]).toBe(0)
    // The kernel stops in the middle of a piece.
    expect(parts.some(({ length }) => length > 0 && length < bytes.length)).toBe(true)
    near.end()
    expect((await readAll(far)).equals(Buffer.concat(parts))).toBe(true)
    far.destroy()
  })

  it('goes on behind a socket that is none, is a file, or has nobody at its other end', async () => {
    const dead = await openPair()
    const alive = await openPair()
    const file = openSync('/dev/null', 'w')
    dead.near.on('error', () => undefined)
    dead.near.pause()
    dead.far.resetAndDestroy()
    // The reset comes by the kernel alone: this process reads nothing meanwhile.
    const sent = new Int32Array(5)
    const fds = Int32Array.of(-1, 1_000_000, file, dead.fd, alive.fd)
    for (let turn = 0; turn < 2_000 && sent[3] !== -1; turn++) sendMany!(fds, 4, Buffer.from('x'), sent)
    sendMany!(fds, 5, Buffer.from('alive'), sent)
    expect([...sent]).toEqual([-1, -1, -1, -1, 5])
    closeSync(file)
    alive.near.end()
    expect((await readAll(alive.far)).toString()).toBe('alive')
    dead.near.destroy()
    alive.far.destroy()
  })

  it.each([
    ['count beyond the sockets', [new Int32Array(1), 2, new Uint8Array(1), new Int32Array(2)]],
    ['count beyond the results', [new Int32Array(2), 2, new Uint8Array(1), new Int32Array(1)]],
    ['sockets of another type', [new Float64Array(1), 1, new Uint8Array(1), new Int32Array(1)]],
    ['bytes of another type', [new Int32Array(1), 1, 'text', new Int32Array(1)]],
    ['results of another type', [new Int32Array(1), 1, new Uint8Array(1), [0]]],
    ['a missing argument', [new Int32Array(1), 1, new Uint8Array(1)]],
  ])('refuses %s', (_, wrong) => {
    expect(() => (sendMany as unknown as (...wrong: unknown[]) => void)(...wrong)).toThrow(RangeError)
  })
})

describe.runIf(sendEach !== undefined)('sending to each its own', () => {
  it('reaches each of the first so many with what is its, and says what was taken', async () => {
    const pairs = [await openPair(), await openPair(), await openPair()]
    const fds = Int32Array.from([...pairs.map(({ fd }) => fd), -1])
    const sent = new Int32Array(5).fill(7)
    sendEach!(fds, Int32Array.of(3, 3, 8, 9), 4, Buffer.from('onetwo!!x'), sent)
    expect([...sent]).toEqual([3, 0, 5, -1, 7])
    for (const { near } of pairs) near.end()
    const received = await Promise.all(pairs.map(({ far }) => readAll(far)))
    expect(received.map(String)).toEqual(['one', '', 'two!!'])
    for (const { far } of pairs) far.destroy()
  })

  it.each([
    [
      'an end behind the bytes',
      [new Int32Array(1), Int32Array.of(2), 1, new Uint8Array(1), new Int32Array(1)],
    ],
    [
      'an end before its start',
      [new Int32Array(2), Int32Array.of(2, 1), 2, new Uint8Array(3), new Int32Array(2)],
    ],
    ['a negative end', [new Int32Array(1), Int32Array.of(-1), 1, new Uint8Array(1), new Int32Array(1)]],
    [
      'a count beyond the ends',
      [new Int32Array(2), new Int32Array(1), 2, new Uint8Array(1), new Int32Array(2)],
    ],
    ['a missing argument', [new Int32Array(1), new Int32Array(1), 1, new Uint8Array(1)]],
  ])('refuses %s, and sends nothing', (_, wrong) => {
    expect(() => (sendEach as unknown as (...wrong: unknown[]) => void)(...wrong)).toThrow(RangeError)
  })
})
