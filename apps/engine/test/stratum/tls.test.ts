import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readCertificate } from '../../src/stratum/read-certificate.js'
import { TlsCertificate } from '../../src/stratum/tls-certificate.js'
import { makeCertificate, makeKey, pemOfKey, type MadeCertificate } from './make-certificate.js'
import { closed, dial, full, openListener, read, type OpenListener } from './open-listener.js'

const DAY_MS = 86_400_000
const NOW_MS = Date.now()
const IN_A_YEAR_MS = NOW_MS + 365 * DAY_MS
const PROXIED = Buffer.from('PROXY TCP4 192.0.2.7 203.0.113.9 4000 3333\r\n')

let directory: string
let logged: Record<string, unknown>[]
let certificate: TlsCertificate | undefined
let open: OpenListener | undefined

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-tls-'))
  logged = []
})
afterEach(async () => {
  await open?.close()
  certificate?.close()
  open = certificate = undefined
  await rm(directory, { recursive: true })
})

const files = () => ({ certFile: join(directory, 'pool.crt'), keyFile: join(directory, 'pool.key') })

async function install({ certPem, keyPem }: MadeCertificate): Promise<void> {
  await writeFile(files().certFile, certPem)
  await writeFile(files().keyFile, keyPem)
}

async function openCertificate(nowMs = () => NOW_MS): Promise<TlsCertificate> {
  const log = pino(
    { level: 'info' },
    { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  )
  certificate = await TlsCertificate.open({ ...files(), pollMs: 10 }, { log, nowMs })
  return certificate
}

async function dialTls(port: number, options: object = {}): Promise<TLSSocket> {
  const stream = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  await once(stream, 'secureConnect')
  stream.on('error', () => undefined)
  return stream
}

/** A stream whose first write takes the PROXY header along. */
function behindHeader(socket: Socket): Duplex {
  let header = PROXIED
  const duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      socket.write(Buffer.concat([header, chunk]), done)
      header = Buffer.alloc(0)
    },
  })
  socket.on('data', (chunk) => duplex.push(chunk))
  return duplex
}

const nameOf = (stream: TLSSocket) => stream.getPeerCertificate().subject.CN
const messages = () => logged.map(({ msg }) => msg)

describe('a TLS port', () => {
  beforeEach(() => install(makeCertificate('first.example', IN_A_YEAR_MS)))

  it('speaks TLS 1.2 and 1.3 with the certificate of its files, and nothing older', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate() })
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const stream = await dialTls(open.port, { minVersion: version, maxVersion: version })
      stream.write('hello')
      expect(await read(stream, 5)).toBe('HELLO')
      expect(nameOf(stream)).toBe('first.example')
      expect(stream.getProtocol()).toBe(version)
      stream.destroy()
    }
    await expect(
      dialTls(open.port, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }),
    ).rejects.toThrow()
    expect(open.peers.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1', '127.0.0.1'])
  })

  it('gives new connections the new certificate, while the old ones live', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate() })
    const old = await dialTls(open.port)
    await install(makeCertificate('second.example', IN_A_YEAR_MS))
    await vi.waitFor(() => expect(messages()).toContain('TLS certificate replaced'), { timeout: 5_000 })
    const next = await dialTls(open.port)
    expect([nameOf(old), nameOf(next)]).toEqual(['first.example', 'second.example'])
    for (const stream of [old, next]) {
      stream.write('alive')
      expect(await read(stream, 5)).toBe('ALIVE')
      stream.destroy()
    }
  })

  it('closes who does not speak it without waiting for more', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate() })
    const plain = await dial(open.port)
    plain.write('{"id":1,"method":"mining.subscribe"}\n')
    await closed(plain)
    await vi.waitFor(() => expect(open!.lost).toEqual([1]))
    expect(open.peers).toEqual([])
  })

  it('closes who speaks it too slowly or breaks off, and goes on', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate(), entryTimeoutMs: 800 })
    const silent = await dial(open.port)
    const torn = await dial(open.port)
    torn.write(Buffer.from('160301020001', 'hex'))
    const gone = await dial(open.port)
    gone.write(Buffer.from('1603', 'hex'))
    gone.resetAndDestroy()
    await Promise.all([silent, torn].map(closed))
    // Each had been admitted, so that whoever counts them hears of each.
    await vi.waitFor(() => expect(open!.lost.toSorted()).toEqual([1, 2, 3]))
    expect(open.peers).toEqual([])
    const stream = await dialTls(open.port)
    stream.write('x')
    expect(await read(stream, 1)).toBe('X')
    expect(open.peers).toMatchObject([{ ticket: 4 }])
    expect(open.lost).toHaveLength(3)
    stream.destroy()
  })

  it('spends no handshake on who is not admitted', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate(), admit: () => undefined })
    const socket = await dial(open.port)
    await closed(socket)
    expect(socket.bytesRead).toBe(0)
    expect(open.lost).toEqual([])
  })

  it('closes with its peers', async () => {
    open = await openListener('0 tls', { certificate: await openCertificate(), maxEntries: 1 })
    const stream = await dialTls(open.port)
    await vi.waitFor(() => expect(open!.peers).toHaveLength(1))
    const entering = await dial(open.port)
    await full(open.port)
    await open.close()
    open = undefined
    await Promise.all([closed(stream), closed(entering)])
  })
})

describe('a TLS port behind a proxy', () => {
  beforeEach(() => install(makeCertificate('first.example', IN_A_YEAR_MS)))

  async function openProxied(): Promise<OpenListener> {
    return openListener('0 tls proxy', { certificate: await openCertificate(), trusted: '127.0.0.1' })
  }

  it('takes the header first and the handshake behind it', async () => {
    open = await openProxied()
    const socket = await dial(open.port)
    socket.write(PROXIED)
    const stream = connect({ socket, rejectUnauthorized: false })
    await once(stream, 'secureConnect')
    stream.write('hello')
    expect(await read(stream, 5)).toBe('HELLO')
    expect(open.peers[0]?.remoteAddress).toBe('192.0.2.7')
    stream.destroy()
  })

  it('takes both from one packet', async () => {
    open = await openProxied()
    const socket = await dial(open.port)
    const stream = connect({ socket: behindHeader(socket), rejectUnauthorized: false })
    await once(stream, 'secureConnect')
    stream.write('hello')
    expect(await read(stream, 5)).toBe('HELLO')
    expect(open.peers[0]?.remoteAddress).toBe('192.0.2.7')
    stream.destroy()
  })

  it('closes who begins with TLS', async () => {
    open = await openProxied()
    await expect(dialTls(open.port)).rejects.toThrow()
    expect(open.logged).toMatchObject([{ reason: 'does not begin with a PROXY header' }])
  })
})

describe('the files of the certificate', () => {
  const good = makeCertificate('first.example', IN_A_YEAR_MS)

  it.each<readonly [string, Partial<MadeCertificate>, string]>([
    ['no certificate', { certPem: 'nothing' }, 'STRATUM_TLS_CERT_FILE: .* holds no certificate in PEM'],
    ['an empty certificate', { certPem: '' }, 'STRATUM_TLS_CERT_FILE: .* holds no certificate in PEM'],
    ['no key', { keyPem: good.certPem }, 'STRATUM_TLS_KEY_FILE: .* holds no private key in PEM'],
    [
      'the key of another',
      { keyPem: pemOfKey(makeKey().privateKey) },
      'STRATUM_TLS_KEY_FILE: the key in .* is not that of',
    ],
    [
      'a chain that is torn',
      { certPem: `${good.certPem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` },
      'STRATUM_TLS_CERT_FILE: .* cannot be used',
    ],
  ])('are refused with a word about it: %s', async (_, wrong, message) => {
    await install({ ...good, ...wrong })
    await expect(readCertificate(files())).rejects.toThrow(new RegExp(message))
  })

  it('are refused when they are missing, and a key with a passphrase too', async () => {
    await expect(readCertificate(files())).rejects.toThrow(/STRATUM_TLS_CERT_FILE: .* cannot be read: ENOENT/)
    await writeFile(files().certFile, good.certPem)
    await expect(readCertificate(files())).rejects.toThrow(/STRATUM_TLS_KEY_FILE: .* cannot be read: ENOENT/)
    const locked = makeKey().privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    })
    await writeFile(files().keyFile, locked)
    await expect(readCertificate(files())).rejects.toThrow('in PEM without a passphrase')
  })

  it('may hold a chain behind the certificate', async () => {
    const issuer = makeCertificate('issuer.example', IN_A_YEAR_MS)
    await install({ ...good, certPem: good.certPem + issuer.certPem })
    expect(await readCertificate(files())).toMatchObject({ subject: 'CN=first.example' })
  })

  it('are followed when a link is turned to others', async () => {
    for (const name of ['first.example', 'second.example']) {
      const made = makeCertificate(name, IN_A_YEAR_MS)
      await writeFile(join(directory, `${name}.crt`), made.certPem)
      await writeFile(join(directory, `${name}.key`), made.keyPem)
    }
    const turn = async (name: string): Promise<void> => {
      for (const kind of ['crt', 'key']) {
        await symlink(`${name}.${kind}`, join(directory, 'link'))
        await rename(join(directory, 'link'), join(directory, `pool.${kind}`))
      }
    }
    await turn('first.example')
    const held = await openCertificate()
    const onChange = vi.fn()
    const forget = held.onChange(onChange)
    await turn('second.example')
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 5_000 })
    expect(held.current.subject).toBe('CN=second.example')
    forget()
    await turn('first.example')
    await vi.waitFor(() => expect(held.current.subject).toBe('CN=first.example'), { timeout: 5_000 })
    expect(onChange).toHaveBeenCalledTimes(1)
  })

  it('that are wrong after a change leave the old certificate in use, with one error, until they are right', async () => {
    await install(good)
    const held = await openCertificate()
    const second = makeCertificate('second.example', IN_A_YEAR_MS)
    await writeFile(files().certFile, second.certPem)
    const errors = () => logged.filter(({ level }) => level === 50)
    await vi.waitFor(() => expect(errors()).toHaveLength(1), { timeout: 5_000 })
    expect(errors()[0]?.['problem']).toContain('STRATUM_TLS_KEY_FILE: the key in')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(errors()).toHaveLength(1)
    expect(held.current.subject).toBe('CN=first.example')
    await writeFile(files().keyFile, second.keyPem)
    await vi.waitFor(() => expect(held.current.subject).toBe('CN=second.example'), { timeout: 5_000 })
    expect(errors()).toHaveLength(1)
    await rm(files().keyFile)
    await vi.waitFor(() => expect(errors()).toHaveLength(2), { timeout: 5_000 })
    expect(held.current.subject).toBe('CN=second.example')
  })

  it('have their days counted, once a day, from two weeks before the end', async () => {
    await install(makeCertificate('first.example', NOW_MS + 15 * DAY_MS + 1_000))
    let nowMs = NOW_MS
    await openCertificate(() => nowMs)
    expect(logged).toMatchObject([{ level: 30, msg: 'TLS certificate in use', daysLeft: 15 }])
    const told = () => logged.slice(1).map(({ level, daysLeft }) => [level, daysLeft])
    for (const [days, lines] of [
      [2, [[40, 13]]],
      [
        2.5,
        [
          [40, 13],
          [40, 12],
        ],
      ],
      [
        16,
        [
          [40, 13],
          [40, 12],
          [50, -1],
        ],
      ],
    ] as const) {
      nowMs = NOW_MS + days * DAY_MS
      await vi.waitFor(() => expect(told()).toEqual(lines), { timeout: 5_000 })
    }
  })
})
