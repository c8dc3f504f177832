import { describe, expect, it } from 'vitest'
import { hintOfTarget, problemOfTarget, type ChannelTarget } from '../../src/alert/channel.js'
import { parseNostrKey } from '../../src/alert/npub.js'
import { readTarget } from '../../src/alert/read-target.js'

const DISCORD = 'https://discord.com'
const problem = (target: ChannelTarget): string | null => problemOfTarget(target, DISCORD)
const email = (address: string): ChannelTarget => ({ kind: 'email', address })
const KEY = '3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d'

describe('targets of channels', () => {
  it('takes mailboxes, and nothing that a mail header or a list of addresses could be made of', () => {
    for (const good of ['a@example.org', 'first.last+pool@sub.example.co'])
      expect(problem(email(good))).toBeNull()
    for (const bad of [
      'a@example.org\r\nBcc: b@example.org',
      'a@example.org, b@example.org',
      'Name <a@example.org>',
      '"a b"@example.org',
      'a@localhost',
      'a@[127.0.0.1]',
      'a@example.org\u0000',
      'ä@example.org',
    ])
      expect(problem(email(bad)), bad).not.toBeNull()
  })

  it('takes webhooks of Discord below its own address alone', () => {
    const at = (url: string): ChannelTarget => ({ kind: 'discord', url })
    expect(problem(at('https://discord.com/api/webhooks/123/ab-C_d'))).toBeNull()
    for (const url of [
      'https://discord.com.evil.org/api/webhooks/1/a',
      'https://user@discord.com/api/webhooks/1/a',
      'https://discord.com/api/users/@me',
      'http://discord.com/api/webhooks/1/a',
      'https://discord.com/api/webhooks/1/../../users',
    ])
      expect(problem(at(url)), url).not.toBeNull()
  })

  it('takes URLs of their own protocol, without a user in them', () => {
    const secret = 'ab'.repeat(32)
    expect(problem({ kind: 'webhook', url: 'https://example.org/hook', secret })).toBeNull()
    for (const url of ['ftp://example.org', 'file:///etc/passwd', 'https://u:p@example.org', 'nonsense'])
      expect(problem({ kind: 'webhook', url, secret }), url).not.toBeNull()
    expect(problem({ kind: 'nostr', publicKey: KEY, relays: ['https://relay.example.org'] })).not.toBeNull()
    expect(problem({ kind: 'nostr', publicKey: KEY, relays: ['wss://relay.example.org'] })).toBeNull()
  })

  it('shows a hint that has no secret in it', () => {
    const token = `123456:${'A'.repeat(30)}`
    expect(hintOfTarget({ kind: 'telegram', chatId: '123456789', token })).toBe('chat 12***89, own bot')
    expect(hintOfTarget(email('satoshi@example.org'))).toBe('s***@example.org')
    expect(hintOfTarget({ kind: 'webhook', url: 'https://h.example.org/x?key=1', secret: 'ab' })).toBe(
      'h.example.org',
    )
    expect(hintOfTarget({ kind: 'discord', url: `${DISCORD}/api/webhooks/123456/sEcReT` })).toBe(
      'webhook 12***56',
    )
  })

  it('reads what was sealed, and throws for anything else', () => {
    const target = { kind: 'ntfy', topic: 'rigs', server: undefined, token: 'tk_1' } as const
    expect(readTarget(JSON.stringify(target))).toEqual(target)
    for (const json of [
      'null',
      '[]',
      '{}',
      '{"kind":"email"}',
      '{"kind":"pigeon","address":"a"}',
      '{"kind":"webhook","url":1}',
    ])
      expect(() => readTarget(json), json).toThrow(TypeError)
  })

  it('reads a Nostr key as hex and as npub (the example of NIP-19)', () => {
    expect(parseNostrKey('npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6')).toBe(KEY)
    expect(parseNostrKey(KEY.toUpperCase())).toBe(KEY)
    for (const text of ['npub1', 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5', 'aa', ''])
      expect(parseNostrKey(text), text).toBeUndefined()
  })
})
