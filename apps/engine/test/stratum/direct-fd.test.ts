import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import * as tls from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { directFdOf } from '../../src/stratum/direct-fd.js'
import { makeCertificate } from './make-certificate.js'

let server: Server
let near: Socket
let far: Socket
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())
beforeEach(async () => {
  near = connect((server.address() as AddressInfo).port, '127.0.0.1')
  ;[far] = (await once(server, 'connection')) as [Socket]
  await once(near, 'ready')
  near.on('error', () => undefined)
  far.on('error', () => undefined)
})
afterEach(() => {
  near.destroy()
  far.destroy()
})

describe('the descriptor of a socket', () => {
  it('is given while nothing waits in it', async () => {
    expect(directFdOf(near)).toBeGreaterThan(2)
    expect(directFdOf(far)).toBeGreaterThan(2)
    expect(directFdOf(far)).not.toBe(directFdOf(near))
    near.write('the kernel takes this at once')
    await setImmediate()
    expect(directFdOf(near)).toBeGreaterThan(2)
  })

  it('is not given while the kernel has not taken all, and is once it has', async () => {
    far.pause()
    while (near.writableLength === 0) near.write(Buffer.alloc(1_000_000))
    expect(directFdOf(near)).toBe(-1)
    far.resume()
    await once(near, 'drain')
    expect(directFdOf(near)).toBeGreaterThan(2)
  })

  it('is not given of a socket that is corked, connecting, ended or destroyed', () => {
    near.cork()
    expect(directFdOf(near)).toBe(-1)
    near.uncork()
    expect(directFdOf(near)).toBeGreaterThan(2)
    near.end()
    expect(directFdOf(near)).toBe(-1)
    near.destroy()
    expect(directFdOf(near)).toBe(-1)
    expect(directFdOf(new Socket())).toBe(-1)
    const connecting = connect((server.address() as AddressInfo).port, '127.0.0.1').on(
      'error',
      () => undefined,
    )
    expect(directFdOf(connecting)).toBe(-1)
    connecting.destroy()
  })

  it('is never given under TLS, where it is that of the bare socket', async () => {
    const { certPem: cert, keyPem: key } = makeCertificate('pool.example', Date.now() + 86_400_000)
    const secured = new tls.TLSSocket(far, {
      isServer: true,
      secureContext: tls.createSecureContext({ cert, key }),
    })
    const client = tls.connect({ socket: near, rejectUnauthorized: false })
    await Promise.all([once(client, 'secureConnect'), once(secured, 'secure')])
    expect((secured as unknown as { _handle: { fd: number } })._handle.fd).toBeGreaterThan(2)
    expect(directFdOf(secured)).toBe(-1)
    expect(directFdOf(client)).toBe(-1)
    client.destroy()
    secured.destroy()
  })
})
