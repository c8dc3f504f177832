import type { AddressInfo } from 'node:net'
import * as nip59 from 'nostr-tools/nip59'
import { generateSecretKey, getPublicKey, verifyEvent, type NostrEvent } from 'nostr-tools/pure'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { parseAddressList } from '../../src/address-list.js'
import { nostrChannel } from '../../src/alerts/channels/nostr.js'
import { TargetGuard } from '../../src/alerts/target-guard.js'
import { AT_MS, parcelOf, workerDown } from './parcel.js'

/** A relay that takes gift wraps whose signature holds, as NIP-01 says. */
const events: NostrEvent[] = []
let words = ''
let relay: WebSocketServer
let url: string

beforeAll(async () => {
  relay = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  relay.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const [type, event] = JSON.parse(data.toString()) as [string, NostrEvent]
      const isGood = type === 'EVENT' && event.kind === 1059 && verifyEvent(event) && words === ''
      if (isGood) events.push(event)
      socket.send(JSON.stringify(['NOTICE', 'hello']))
      socket.send(JSON.stringify(['OK', event.id, isGood, words]))
    })
  })
  await new Promise<void>((resolve) => relay.once('listening', resolve))
  url = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}`
})
afterAll(() => {
  for (const client of relay.clients) client.terminate()
  relay.close()
})

const pool = generateSecretKey()
const miner = generateSecretKey()
const target = (...relays: string[]) => ({ kind: 'nostr', publicKey: getPublicKey(miner), relays }) as const
const channel = (allowed = '127.0.0.0/8', relays: string[] = []) =>
  nostrChannel(
    { secretKey: pool, relays, timeoutMs: 2_000 },
    new TargetGuard({ allowed: parseAddressList(allowed) }),
  )

describe('nostr', () => {
  it('gives the relay a message that the miner alone can read, and that is from the pool', async () => {
    const outcome = await channel().send(target(url), parcelOf([workerDown('garage')]))
    expect(outcome.kind).toBe('sent')
    const wrap = events.at(-1)!
    expect(wrap.tags).toEqual([['p', getPublicKey(miner)]])
    expect(JSON.stringify(wrap)).not.toContain('garage')
    expect(wrap.pubkey).not.toBe(getPublicKey(pool))
    const rumor = nip59.unwrapEvent(wrap, miner)
    expect(rumor).toMatchObject({ kind: 14, pubkey: getPublicKey(pool), created_at: AT_MS / 1_000 })
    expect(rumor.content).toContain('Worker "garage"')
    expect(() => nip59.unwrapEvent(wrap, generateSecretKey())).toThrow()
  })

  it('has the same message inside in each try', async () => {
    for (let n = 0; n < 2; n++) await channel().send(target(url), parcelOf([workerDown('a')]))
    const [first, second] = events.slice(-2).map((wrap) => nip59.unwrapEvent(wrap, miner).id)
    expect(second).toBe(first)
  })

  it('is content with one relay of several, and comes again when none has taken it', async () => {
    const closed = 'ws://127.0.0.1:1'
    expect((await channel().send(target(closed, url), parcelOf([workerDown('a')]))).kind).toBe('sent')
    words = 'blocked: pay first'
    const outcome = await channel().send(target(closed, url), parcelOf([workerDown('a')]))
    words = ''
    expect(outcome.kind).toBe('later')
    expect(outcome.answer).toContain('pay first')
  })

  it("goes to the operator's relays where the miner names none, and inside for nobody", async () => {
    expect((await channel('', [url]).send(target(), parcelOf([workerDown('a')]))).kind).toBe('sent')
    expect((await channel('').send(target(), parcelOf([workerDown('a')]))).kind).toBe('refused')
    const inside = await channel('').send(target(url), parcelOf([workerDown('a')]))
    expect(inside).toMatchObject({
      kind: 'later',
      answer: expect.stringContaining('no public address') as string,
    })
  })
})
