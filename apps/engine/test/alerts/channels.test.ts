import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAddressList } from '../../src/address-list.js'
import { discordChannel } from '../../src/alerts/channels/discord.js'
import { ntfyChannel } from '../../src/alerts/channels/ntfy.js'
import { telegramChannel } from '../../src/alerts/channels/telegram.js'
import { webhookChannel } from '../../src/alerts/channels/webhook.js'
import { Poster } from '../../src/alerts/poster.js'
import { TargetGuard } from '../../src/alerts/target-guard.js'
import { openHttpPeer, type HttpPeer } from './http-peer.js'
import { AT_MS, parcelOf, workerDown } from './parcel.js'

const TOKEN = `123456:${'A'.repeat(35)}`
const LONG = Array.from({ length: 30 }, (_, at) => workerDown(`rig ${at} ${'€'.repeat(300)}`))
const poster = new Poster({ guard: new TargetGuard({ allowed: parseAddressList('127.0.0.0/8') }) })
const nowMs = () => AT_MS + 5_000

let peer: HttpPeer
beforeAll(async () => void (peer = await openHttpPeer()))
afterAll(() => peer.close())

const last = () => peer.received.at(-1)!
const lastJson = () => JSON.parse(last().body) as Record<string, never>

describe('telegram', () => {
  const channel = () => telegramChannel({ apiUrl: peer.url, token: undefined, nowMs }, poster)
  const target = { kind: 'telegram', chatId: '-100123', token: TOKEN } as const

  it('calls sendMessage of the bot with plain text', async () => {
    peer.answer({ body: '{"ok":true,"result":{"message_id":1}}' })
    const outcome = await channel().send(target, parcelOf([workerDown('<b>garage</b>')]))
    expect(outcome.kind).toBe('sent')
    expect(last()).toMatchObject({ method: 'POST', path: `/bot${TOKEN}/sendMessage` })
    expect(last().headers['content-type']).toBe('application/json')
    expect(lastJson()).toMatchObject({ chat_id: '-100123', link_preview_options: { is_disabled: true } })
    expect(lastJson()).not.toHaveProperty('parse_mode')
    expect(lastJson()['text']).toContain('<b>garage</b>')
  })

  it('says no more than 4096 characters, and keeps the link', async () => {
    await channel().send(target, parcelOf(LONG))
    expect(String(lastJson()['text']).length).toBeLessThanOrEqual(4_096)
    expect(lastJson()['text']).toContain('https://pool.example.org/miners/bc1q')
  })

  it('waits as long as it is told to, and gives up on a chat that there is not', async () => {
    const body =
      '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":33}}'
    peer.answer({ status: 429, body })
    expect(await channel().send(target, parcelOf(LONG))).toMatchObject({ kind: 'later', afterMs: 33_000 })
    peer.answer({ status: 400, body: '{"ok":false,"description":"Bad Request: chat not found"}' })
    const refused = await channel().send(target, parcelOf(LONG))
    expect(refused.kind).toBe('refused')
    expect(refused.answer).toContain('chat not found')
    expect(refused.answer).not.toContain(TOKEN)
  })

  it("needs a token where the pool has no bot, and takes the pool's otherwise", async () => {
    const parcel = parcelOf([workerDown('a')])
    const bare = { kind: 'telegram', chatId: '1' } as const
    expect((await channel().send(bare, parcel)).kind).toBe('refused')
    peer.answer({ body: '{"ok":true}' })
    await telegramChannel({ apiUrl: peer.url, token: '9:pool', nowMs }, poster).send(bare, parcel)
    expect(last().path).toBe('/bot9:pool/sendMessage')
  })
})

describe('discord', () => {
  const send = (events = [workerDown('a')]) =>
    discordChannel({ nowMs }, poster).send(
      { kind: 'discord', url: `${peer.url}/api/webhooks/1/t` },
      parcelOf(events),
    )

  it('executes the webhook, mentions nobody, and shows markup as text', async () => {
    peer.answer({ status: 200, body: '{"id":"1"}' })
    expect((await send([workerDown('@everyone [x](http://evil) **b**')])).kind).toBe('sent')
    expect(last()).toMatchObject({ method: 'POST', path: '/api/webhooks/1/t?wait=true' })
    expect(lastJson()).toMatchObject({ allowed_mentions: { parse: [] }, flags: 4 })
    expect(lastJson()['content']).toContain('\\[x\\]\\(http: //evil')
    expect(lastJson()['content']).toContain('\\*\\*b\\*\\*')
  })

  it('says no more than 2000 characters', async () => {
    await send(LONG)
    expect(String(lastJson()['content']).length).toBeLessThanOrEqual(2_000)
  })

  it('waits the fraction of a second that it is told to, and gives up on a webhook that was deleted', async () => {
    peer.answer({
      status: 429,
      body: '{"message":"You are being rate limited.","retry_after":64.57,"global":false}',
    })
    expect(await send()).toMatchObject({ kind: 'later', afterMs: 64_570 })
    peer.answer({ status: 404, body: '{"message":"Unknown Webhook","code":10015}' })
    expect((await send()).kind).toBe('refused')
  })
})

describe('ntfy', () => {
  const channel = () => ntfyChannel({ serverUrl: peer.url, nowMs }, poster)

  it('publishes JSON at the root of the server, with priority, link and token', async () => {
    peer.answer({ body: '{"id":"x"}' })
    const target = { kind: 'ntfy', topic: 'rigs', server: `${peer.url}/ignored`, token: 'tk_1' } as const
    expect((await channel().send(target, parcelOf([workerDown('a')]))).kind).toBe('sent')
    expect(last()).toMatchObject({ method: 'POST', path: '/' })
    expect(last().headers.authorization).toBe('Bearer tk_1')
    expect(lastJson()).toMatchObject({
      topic: 'rigs',
      title: 'Headframe: Worker down',
      priority: 4,
      click: 'https://pool.example.org/miners/bc1q',
    })
  })

  it('says no more than 4096 bytes, and comes again when told when', async () => {
    peer.answer({ status: 429, headers: { 'retry-after': '7' }, body: '{"code":42901}' })
    const outcome = await channel().send({ kind: 'ntfy', topic: 'rigs' }, parcelOf(LONG))
    expect(Buffer.byteLength(String(lastJson()['message']))).toBeLessThanOrEqual(4_096)
    expect(outcome).toMatchObject({ kind: 'later', afterMs: 7_000 })
  })
})

describe('webhook', () => {
  const secret = '0f'.repeat(32)
  const send = (parcel = parcelOf([workerDown('a')])) =>
    webhookChannel({ nowMs }, poster).send({ kind: 'webhook', url: `${peer.url}/hook?x=1`, secret }, parcel)

  it('signs id, time and body, as a receiver that follows the page checks', async () => {
    peer.answer({ status: 204 })
    expect((await send()).kind).toBe('sent')
    const { headers, body, path } = last()
    expect(path).toBe('/hook?x=1')
    const id = String(headers['webhook-id'])
    const timestamp = String(headers['webhook-timestamp'])
    expect(timestamp).toBe(String(nowMs() / 1_000))
    const expected = createHmac('sha256', Buffer.from(secret, 'hex'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
    expect(JSON.parse(body)).toMatchObject({
      type: 'alert',
      data: {
        level: 'warning',
        count: 1,
        events: [{ rule: 'worker-down', what: 'began', facts: { worker: 'a' } }],
      },
    })
  })

  it('has the same id and body in each try', async () => {
    await send()
    await send()
    const [first, second] = peer.received.slice(-2)
    expect(first!.headers['webhook-id']).toBe('msg_7')
    expect([second!.headers['webhook-id'], second!.body]).toEqual([first!.headers['webhook-id'], first!.body])
  })

  it('comes again after anything but 410 and a redirect, by the date it is given', async () => {
    const retryAfter = new Date(nowMs() + 90_000).toUTCString()
    peer.answer({ status: 503, headers: { 'retry-after': retryAfter } })
    expect(await send()).toMatchObject({ kind: 'later', afterMs: 90_000 })
    for (const [status, kind] of [
      [404, 'later'],
      [500, 'later'],
      [410, 'refused'],
      [307, 'refused'],
    ] as const) {
      peer.answer({ status, headers: { location: 'https://example.org/' } })
      expect((await send()).kind, String(status)).toBe(kind)
    }
  })
})
