import { createServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closed, dial, full, openListener, read, type OpenListener } from './open-listener.js'

const PROXIED = 'PROXY TCP4 192.0.2.7 203.0.113.9 4000 3333\r\n'

let open: OpenListener | undefined

/** Comes in by a header; throws when it is closed instead. */
async function enter(port: number): Promise<void> {
  const socket = await dial(port)
  socket.write(`${PROXIED}hi`)
  expect(await read(socket, 2)).toBe('HI')
  socket.destroy()
}

afterEach(async () => {
  await open?.close()
  open = undefined
})

describe('a plain port', () => {
  it('hands on a peer as it connects, with the one text of its address', async () => {
    open = await openListener('0', { host: '::' })
    const socket = await dial(open.port)
    socket.write('hello')
    expect(await read(socket, 5)).toBe('HELLO')
    expect(open.peers.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1'])
    const overIpv6 = await dial(open.port, '::1')
    overIpv6.write('six')
    expect(await read(overIpv6, 3)).toBe('SIX')
    expect(open.peers[1]?.remoteAddress).toBe('::1')
    socket.destroy()
    overIpv6.destroy()
  })

  it('closes a peer that is not admitted, and nothing is left of it', async () => {
    const asked: string[] = []
    const admit = (address: string) => (asked.push(address) > 1 ? 7 : undefined)
    open = await openListener('0', { admit })
    await closed(await dial(open.port))
    const second = await dial(open.port)
    second.write('x')
    await read(second, 1)
    second.destroy()
    expect(asked).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(open.peers).toMatchObject([{ ticket: 7 }])
    expect(open.lost).toEqual([])
  })

  it('says which error the system has when the port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(openListener(String(port))).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await new Promise((resolve) => other.close(resolve))
  })

  it('closes when its peers are gone, and takes nobody meanwhile', async () => {
    open = await openListener('0')
    const socket = await dial(open.port)
    await vi.waitFor(() => expect(open!.peers).toHaveLength(1))
    let isClosed = false
    const closing = open.listener.close().then(() => (isClosed = true))
    await expect(dial(open.port)).rejects.toThrow('ECONNREFUSED')
    expect(isClosed).toBe(false)
    open.peers[0]!.stream.destroy()
    await closing
    await closed(socket)
    open = undefined
  })
})

describe('connections on their way in', () => {
  it('are closed when the header does not come in time, and so is who sends it byte by byte', async () => {
    open = await openListener('0 proxy', { trusted: '127.0.0.1', entryTimeoutMs: 800, maxEntries: 2 })
    const inside = await dial(open.port)
    inside.write(`${PROXIED}in`)
    expect(await read(inside, 2)).toBe('IN')
    const silent = await dial(open.port)
    const slow = await dial(open.port)
    const dribble = setInterval(() => slow.write('PROXY UNKNOWN '.charAt(slow.bytesWritten) || 'x'), 20)
    await Promise.all([closed(silent), closed(slow)])
    clearInterval(dribble)
    expect(open.peers).toHaveLength(1)
    // Their places are free again.
    await Promise.all([enter(open.port), enter(open.port)])
    // Came before them, so that its time would have been up before theirs.
    inside.write('on')
    expect(await read(inside, 2)).toBe('ON')
    inside.destroy()
  })

  it('are bounded; the next is closed, and those that are in do not count', async () => {
    open = await openListener('0 proxy', { trusted: '127.0.0.0/8', maxEntries: 2 })
    const inside = await dial(open.port)
    inside.write(`${PROXIED}in`)
    expect(await read(inside, 2)).toBe('IN')
    const first = await dial(open.port)
    const second = await dial(open.port)
    await full(open.port)
    expect(open.logged).toMatchObject([{ msg: 'connection refused', remoteAddress: '127.0.0.1' }])
    expect(open.logged[0]?.['reason']).toContain('too many')
    second.destroy()
    await vi.waitFor(() => enter(open!.port))
    first.write(`${PROXIED}me`)
    expect(await read(first, 2)).toBe('ME')
    await Promise.all([enter(open.port), enter(open.port)])
    first.destroy()
    inside.destroy()
  })

  it('end with the listener', async () => {
    open = await openListener('0 proxy', { trusted: '127.0.0.1', maxEntries: 1 })
    const waiting = await dial(open.port)
    await full(open.port)
    await open.listener.close()
    await closed(waiting)
    open = undefined
  })
})
