import { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { RefusalLog } from '../../src/stratum/refusal-log.js'
import { closed, dial, full, openListener, read, type OpenListener } from './open-listener.js'

const LINE = '{"id":1,"method":"mining.subscribe"}\n'
const SIGNATURE = '0d0a0d0a000d0a515549540a'
const V1_IPV4 = Buffer.from('PROXY TCP4 192.0.2.7 203.0.113.9 4000 3333\r\n')
const V1_IPV6 = Buffer.from('PROXY TCP6 2001:DB8::7 2001:db8::9 4000 3333\r\n')
const V2_IPV4 = Buffer.from(`${SIGNATURE}2111000cc0000207cb0071090fa00d05`, 'hex')
const V2_IPV6 = Buffer.from(`${SIGNATURE}21210024${`20010db8${'00'.repeat(11)}07`.repeat(2)}0fa00d05`, 'hex')
const V2_TLVS = Buffer.from(`${SIGNATURE}21110013c0000207cb0071090fa00d05040004aabbccdd`, 'hex')
const V2_LOCAL = Buffer.from(`${SIGNATURE}20000000`, 'hex')

const HEADERS: readonly (readonly [string, Buffer, string])[] = [
  ['v1 IPv4', V1_IPV4, '192.0.2.7'],
  ['v1 IPv6', V1_IPV6, '2001:db8::7'],
  ['v1 UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n'), '127.0.0.1'],
  ['v2 IPv4', V2_IPV4, '192.0.2.7'],
  ['v2 IPv6', V2_IPV6, '2001:db8::7'],
  ['v2 with TLVs', V2_TLVS, '192.0.2.7'],
  ['v2 LOCAL', V2_LOCAL, '127.0.0.1'],
]

const TRUSTED = { trusted: '127.0.0.0/8, ::1' }

let open: OpenListener | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

async function talk(send: (socket: Socket) => Promise<void> | void): Promise<string> {
  const socket = await dial(open!.port)
  await send(socket)
  const answer = await read(socket, LINE.length)
  socket.destroy()
  return answer
}

/** Each byte in a packet of its own, as far as the kernel lets it. */
async function dribble(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    socket.write(Buffer.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a port behind a proxy', () => {
  it.each(HEADERS)(
    'takes the address from a header with the first line right behind it: %s',
    async (_, header, address) => {
      open = await openListener('0 proxy', TRUSTED)
      const answer = await talk((socket) => void socket.write(Buffer.concat([header, Buffer.from(LINE)])))
      expect(answer).toBe(LINE.toUpperCase())
      expect(open.peers).toMatchObject([{ remoteAddress: address, text: LINE }])
    },
  )

  it.each(HEADERS)('takes it from single bytes: %s', async (_, header, address) => {
    open = await openListener('0 proxy', TRUSTED)
    const answer = await talk((socket) => dribble(socket, Buffer.concat([header, Buffer.from(LINE)])))
    expect(answer).toBe(LINE.toUpperCase())
    expect(open.peers).toMatchObject([{ remoteAddress: address, text: LINE }])
  })

  it('lets the peer in with the header alone, and keeps later bytes in order', async () => {
    open = await openListener('0 proxy', TRUSTED)
    const socket = await dial(open.port)
    socket.write(V2_IPV4)
    await vi.waitFor(() => expect(open!.peers).toHaveLength(1))
    const text = Array.from({ length: 2_000 }, (_, n) => `line ${n}\n`).join('')
    socket.write(text)
    expect(await read(socket, text.length)).toBe(text.toUpperCase())
    expect(open.peers[0]!.text).toBe(text)
    socket.destroy()
  })

  it('reads all that a peer sent which has ended already', async () => {
    open = await openListener('0 proxy', TRUSTED)
    const socket = await dial(open.port)
    socket.end(Buffer.concat([V1_IPV4, Buffer.from('bye')]))
    await vi.waitFor(() => expect(open!.peers).toMatchObject([{ text: 'bye' }]))
    await closed(socket)
  })

  it.each([
    ['a miner without proxy', LINE],
    ['TLS', '\x16\x03\x01\x02\x00\x01'],
    ['a header that makes no sense', 'PROXY TCP4 nobody 192.0.2.1 1 2\r\n'],
    ['a line without end', `PROXY UNKNOWN ${'x'.repeat(200)}`],
  ])('closes %s, says why, and goes on', async (_, bytes) => {
    open = await openListener('0 proxy', TRUSTED)
    const socket = await dial(open.port)
    socket.write(Buffer.from(bytes, 'latin1'))
    await closed(socket)
    expect(open.peers).toEqual([])
    expect(open.logged).toMatchObject([{ level: 40, msg: 'connection refused', remoteAddress: '127.0.0.1' }])
    expect(await talk((next) => void next.write(Buffer.concat([V1_IPV4, Buffer.from(LINE)])))).toBe(
      LINE.toUpperCase(),
    )
  })

  it.each([['10.0.0.0/8'], [undefined]])('believes nobody who is not trusted (%s)', async (trusted) => {
    const asked: string[] = []
    const admit = (address: string) => asked.push(address)
    open = await openListener('0 proxy', { admit, ...(trusted !== undefined && { trusted }) })
    const socket = await dial(open.port)
    socket.write(Buffer.concat([V1_IPV4, Buffer.from(LINE)]))
    await closed(socket)
    expect(open.peers).toEqual([])
    expect(asked).toEqual([])
    expect(open.logged).toMatchObject([{ reason: 'is not in STRATUM_TRUSTED_PROXIES', refused: 1 }])
  })

  it('asks whether the miner is admitted, not the proxy', async () => {
    const admit = (address: string) => (address === '192.0.2.7' ? undefined : 5)
    open = await openListener('0 proxy', { ...TRUSTED, admit })
    const banned = await dial(open.port)
    banned.write(V1_IPV4)
    await closed(banned)
    expect(await talk((socket) => void socket.write(Buffer.concat([V1_IPV6, Buffer.from(LINE)])))).toBe(
      LINE.toUpperCase(),
    )
    expect(open.peers).toMatchObject([{ remoteAddress: '2001:db8::7', ticket: 5 }])
    expect(open.lost).toEqual([])
  })

  it('does not mind a peer that resets in the middle of its header', async () => {
    open = await openListener('0 proxy', { ...TRUSTED, maxEntries: 1 })
    const socket = await dial(open.port)
    socket.write(V2_IPV4.subarray(0, 9))
    await full(open.port)
    socket.resetAndDestroy()
    await vi.waitFor(async () => {
      const next = await dial(open!.port)
      next.write(Buffer.concat([V2_IPV4, Buffer.from('x')]))
      expect(await read(next, 1)).toBe('X')
      next.destroy()
    })
    expect(open.peers).toHaveLength(1)
  })
})

describe('the log of refusals', () => {
  it('tells the first at once and the rest as a number', () => {
    const told: unknown[] = []
    let nowMs = 0
    const refusals = new RefusalLog({ warn: (fields: unknown) => told.push(fields) } as never, () => nowMs)
    for (; nowMs < 25_000; nowMs += 10) refusals.note(3333, '192.0.2.7', 'is a stranger')
    const line = { port: 3333, remoteAddress: '192.0.2.7', reason: 'is a stranger' }
    expect(told).toEqual([
      { ...line, refused: 1 },
      { ...line, refused: 1_000 },
      { ...line, refused: 1_000 },
    ])
  })
})
