import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ABUSE_KINDS, Abusers, type AbuseKind } from '../../src/load/abusers.js'

const COUNT = 3
let server: Server
let sockets: Socket[]
let heardBytes: number
let addresses: Set<string | undefined>
let abusers: Abusers

/** A pool that listens, and closes who has said so much. */
beforeEach(async () => {
  sockets = []
  heardBytes = 0
  addresses = new Set()
  server = createServer((socket) => {
    sockets.push(socket)
    addresses.add(socket.remoteAddress)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      heardBytes += chunk.length
      if (socket.bytesRead > 1_000) socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

function begin(kind: AbuseKind): void {
  const { port } = server.address() as AddressInfo
  const localAddresses = ['127.0.1.1', '127.0.1.2']
  abusers = new Abusers({ kind, host: '127.0.0.1', port, address: 'address', localAddresses, count: COUNT })
}

describe('abusers', () => {
  it.each(ABUSE_KINDS.filter((kind) => kind !== 'slowloris'))(
    '%s come again when they are closed, until they are stopped',
    async (kind) => {
      begin(kind)
      await expect.poll(() => sockets.length).toBeGreaterThan(2 * COUNT)
      const { opened, bytesSent } = abusers.stop()
      expect(opened).toBeGreaterThanOrEqual(2 * COUNT)
      expect(bytesSent).toBeGreaterThan(0)
      expect(addresses).toEqual(new Set(['127.0.1.1', '127.0.1.2']))
      await expect.poll(() => sockets.every(({ closed }) => closed)).toBe(true)
    },
  )

  it('slowloris stay, and never end a line', async () => {
    const heard: string[] = []
    server.on('connection', (socket: Socket) => socket.on('data', (chunk) => heard.push(chunk.toString())))
    begin('slowloris')
    await expect.poll(() => heardBytes, { timeout: 5_000 }).toBeGreaterThan(2 * COUNT)
    expect(sockets).toHaveLength(COUNT)
    expect(heard.join('')).not.toContain('\n')
    abusers.stop()
  })
})
