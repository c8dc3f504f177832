import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAddressList } from '../../src/address-list.js'
import { Poster } from '../../src/alerts/poster.js'
import { isPinned, TargetGuard, TargetRefused } from '../../src/alerts/target-guard.js'
import { openHttpPeer, type HttpPeer } from './http-peer.js'

const NOTHING = parseAddressList('')
const LOOPBACK = parseAddressList('127.0.0.0/8, ::1')

/** Names that this resolver knows; anything else has a public address. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'inside.example.org': ['10.0.0.5'],
  'both.example.org': ['93.184.216.34', '192.168.0.1'],
  'mapped.example.org': ['::ffff:127.0.0.1'],
  'metadata.example.org': ['169.254.169.254'],
  'local.example.org': ['127.0.0.1'],
}
const resolve = (host: string): Promise<readonly string[]> =>
  Promise.resolve(HOSTS[host] ?? ['93.184.216.34'])
const guard = new TargetGuard({ allowed: NOTHING, resolve })

describe('TargetGuard', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://192.168.1.1/',
    'https://224.0.0.1/',
    'https://127.0.0.1./',
    'https://①②⑦.0.0.1/',
    'https://inside.example.org/',
    'https://both.example.org/',
    'https://mapped.example.org/',
    'https://metadata.example.org/',
  ])('refuses %s', async (url) => {
    await expect(guard.pin(url)).rejects.toThrow(TargetRefused)
  })

  it.each([
    'http://example.org/',
    'ws://example.org/',
    'https://example.org:22/',
    'https://example.org:6379/',
  ])('refuses %s, which is public', async (url) => {
    await expect(guard.pin(url)).rejects.toThrow(TargetRefused)
  })

  it('pins a public address, and asks for it once', async () => {
    for (const url of ['https://example.org/', 'https://example.org:8443/', 'wss://example.org/'])
      expect((await guard.pin(url)).address).toBe('93.184.216.34')
  })

  it('lets what the operator has allowed pass, at any port and in plain', async () => {
    const own = new TargetGuard({ allowed: LOOPBACK, resolve })
    expect((await own.pin('http://127.0.0.1:8080/')).address).toBe('127.0.0.1')
    expect((await own.pin('http://[::1]:8080/')).address).toBe('::1')
    expect((await own.pin('http://local.example.org:8080/')).address).toBe('127.0.0.1')
    await expect(own.pin('https://inside.example.org/')).rejects.toThrow(TargetRefused)
  })
})

describe('Poster', () => {
  let peer: HttpPeer
  beforeAll(async () => void (peer = await openHttpPeer()))
  afterAll(() => peer.close())
  const allowed = (resolver = resolve): Poster =>
    new Poster({ guard: new TargetGuard({ allowed: LOOPBACK, resolve: resolver }), timeoutMs: 500 })

  it('connects to the address that was looked at, whatever the name has become since', async () => {
    // The first answer may be reached; the second, which a connection that asked again would get, is another host's.
    const answers = [['127.0.0.1'], ['203.0.113.1']]
    let asked = 0
    const rebinding = () => Promise.resolve(answers[Math.min(asked++, 1)]!)
    peer.answer({ status: 204 })
    const posted = await allowed(rebinding).post({
      url: `http://rebinding.example.org:${peer.port}/x`,
      body: '{}',
    })
    expect(posted.status).toBe(204)
    expect(asked).toBe(1)
    expect(peer.received.at(-1)!.headers.host).toBe(`rebinding.example.org:${peer.port}`)
  })

  it('refuses a name that has come to lead inside, without a connection', async () => {
    const before = peer.received.length
    const inside = new Poster({
      guard: new TargetGuard({ allowed: NOTHING, resolve: () => Promise.resolve(['127.0.0.1']) }),
    })
    const post = inside.post({ url: `https://rebound.example.org:${peer.port}/`, body: '{}' })
    await expect(post).rejects.toThrow(TargetRefused)
    expect(peer.received).toHaveLength(before)
  })

  it('knows a connection that went elsewhere', async () => {
    const pinned = await new TargetGuard({ allowed: LOOPBACK, resolve }).pin('http://127.0.0.1:80/')
    expect(isPinned(pinned, '::ffff:127.0.0.1')).toBe(true)
    expect(isPinned(pinned, '127.0.0.2')).toBe(false)
    expect(isPinned(pinned, undefined)).toBe(false)
  })

  it('does not follow a redirect', async () => {
    const before = peer.received.length
    peer.answer({ status: 302, headers: { location: `${peer.url}/elsewhere` } })
    const posted = await allowed().post({ url: `${peer.url}/x`, body: '{}' })
    expect(posted.status).toBe(302)
    expect(peer.received.slice(before).map(({ path }) => path)).toEqual(['/x'])
  })

  it('reads no more of an answer than it has room for, and waits no longer than it was told', async () => {
    peer.answer({ body: 'x'.repeat(1_000_000) })
    expect((await allowed().post({ url: peer.url, body: '{}' })).text.length).toBeLessThanOrEqual(16_384)
    peer.answer({ hangs: true })
    await expect(allowed().post({ url: peer.url, body: '{}' })).rejects.toThrow(
      /no answer within|timeout|aborted/,
    )
  })

  it('waits no longer for a resolver either', async () => {
    const silent = new Poster({
      guard: new TargetGuard({ allowed: NOTHING, resolve: () => new Promise<never>(() => undefined) }),
      timeoutMs: 50,
    })
    await expect(silent.post({ url: 'https://example.org/', body: '{}' })).rejects.toThrow('no answer within')
  })

  it('gives up on a connection that nobody takes', async () => {
    const closed = await openHttpPeer()
    await closed.close()
    await expect(allowed().post({ url: closed.url, body: '{}' })).rejects.toThrow(/ECONNREFUSED/)
  })
})
