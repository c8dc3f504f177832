import { boxContext } from '@headframe/core/alert/channel'
import { boxPublicKey, openBox } from '@headframe/core/sealed-box'
import { saveAlertKey } from '@headframe/db/alert/alert-key'
import { planDeliveries } from '@headframe/db/alert/plan-deliveries'
import { saveCode } from '@headframe/db/alert/verify-channel'
import { addOperator } from '@headframe/db/operator/add-operator'
import { listActions } from '@headframe/db/operator/list-actions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../src/server/viewer'
import { NEWCOMER, openTestApi, STEADY, type TestApi } from '../support/test-api'

const SEED = new Uint8Array(32).fill(3)
let api: TestApi
let miners: { readonly steady: Viewer; readonly newcomer: Viewer }

let operator: Viewer
const as = (viewer: Viewer) => api.call({ viewer })

beforeAll(async () => {
  api = await openTestApi()
  const viewerOf = async (address: string): Promise<Viewer> => {
    const { id } = await api.database.prisma.miner.findUniqueOrThrow({ where: { address } })
    return { kind: 'miner', minerId: id, address, scopes: ['own:read', 'own:write'] }
  }
  miners = { steady: await viewerOf(STEADY), newcomer: await viewerOf(NEWCOMER) }
  const ada = { name: 'Ada', email: 'ada@pool.example', role: 'admin' } as const
  operator = {
    kind: 'operator',
    operatorId: String(await addOperator(api.database.pool, ada, Date.now())),
    name: ada.name,
    role: ada.role,
    secondFactorAtMs: Date.now(),
    scopes: ['operator:read', 'operator:write'],
  }
})
afterAll(() => api.close())

const hook = {
  name: 'my hook',
  target: { kind: 'webhook', url: 'https://hook.example.org/x?key=1' },
} as const

describe('alerts', () => {
  it('are for whoever has proven an address, or is an operator, and with the right to', async () => {
    const visitor = api.call()
    await expect(visitor.alerts.overview()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(visitor.operatorAlerts.overview()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(as(miners.steady).operatorAlerts.overview()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(as(operator).alerts.overview()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    const reader: Viewer = { ...miners.steady, scopes: ['own:read'] } as Viewer
    await expect(as(reader).alerts.addChannel(hook)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(as(reader).alerts.saveRule({ rule: 'rejects', isOn: false })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('say before the pool was started that nothing can be added', async () => {
    await expect(as(miners.steady).alerts.addChannel(hook)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    })
    expect((await as(miners.steady).alerts.overview()).offers).toBeNull()
  })

  it('take a channel, whose target settle alone can read, and which its owner alone sees', async () => {
    await saveAlertKey(api.database.pool, {
      publicKey: boxPublicKey(SEED),
      nostrKey: 'ab'.repeat(32),
      offers: {
        kinds: ['webhook', 'telegram', 'discord', 'ntfy', 'nostr'],
        hasTelegramBot: false,
        discordUrl: 'https://discord.com',
        allowsPlainHttp: false,
      },
    })
    const { channelId, secret } = await as(miners.steady).alerts.addChannel(hook)
    expect(secret).toMatch(/^whsec_.{44}$/)
    const row = await api.database.prisma.alertChannel.findUniqueOrThrow({ where: { id: channelId } })
    const kept = new TextDecoder().decode(
      openBox(SEED, new Uint8Array(row.target), boxContext(row.ownerId, 'webhook')),
    )
    expect(JSON.parse(kept)).toMatchObject({ url: hook.target.url, kind: 'webhook' })
    expect(Buffer.from(row.target).toString('latin1')).not.toContain('hook.example.org')
    const { channels } = await as(miners.steady).alerts.overview()
    expect(channels).toMatchObject([
      { id: channelId, name: 'my hook', hint: 'hook.example.org', isVerified: false },
    ])
    expect(
      JSON.stringify(channels, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('key=1')
    expect((await as(miners.newcomer).alerts.overview()).channels).toEqual([])
    expect((await as(operator).operatorAlerts.overview()).channels).toEqual([])

    // Nobody else can do anything with it.
    const id = String(channelId)
    for (const other of [as(miners.newcomer).alerts, as(operator).operatorAlerts]) {
      const change = { id, name: 'mine', minLevel: 'urgent' } as const
      await expect(other.changeChannel(change)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(other.removeChannel({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(other.sendCode({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(other.sendTest({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(other.verifyChannel({ id, code: '12345678' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }

    await expect(as(miners.steady).alerts.sendTest({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    await saveCode(api.database.pool, channelId, '12345678', Date.now())
    await expect(as(miners.steady).alerts.verifyChannel({ id, code: '00000000' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(await as(miners.steady).alerts.verifyChannel({ id, code: '12345678' })).toEqual({ done: true })
    expect(await as(miners.steady).alerts.sendTest({ id })).toEqual({ done: true })

    await planDeliveries(api.database, row.ownerId, Date.now())
    const { deliveries } = await as(miners.steady).alerts.deliveries({})
    expect(deliveries.map(({ events }) => events[0]!.rule)).toEqual(['test', 'verify'])
    expect((await as(miners.newcomer).alerts.deliveries({})).deliveries).toEqual([])
    const delivery = String(deliveries[0]!.id)
    await api.database.pool.query(`UPDATE alert_delivery SET state = 'dead'`)
    await expect(as(miners.newcomer).alerts.replay({ id: delivery })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await as(miners.steady).alerts.replay({ id: delivery })).toEqual({ done: true })
    const change = { id, name: 'garage', minLevel: 'warning' } as const
    expect(await as(miners.steady).alerts.changeChannel(change)).toEqual({ done: true })
    expect((await as(miners.steady).alerts.overview()).channels).toMatchObject([
      { name: 'garage', minLevel: 'warning', hint: 'hook.example.org', isVerified: true },
    ])
    expect(await as(miners.steady).alerts.removeChannel({ id })).toEqual({ done: true })
    expect((await as(miners.steady).alerts.overview()).channels).toEqual([])
  })

  it('refuse a target that cannot be one, and a kind that the pool does not send by', async () => {
    const add = (target: Parameters<ReturnType<typeof as>['alerts']['addChannel']>[0]['target']) =>
      as(miners.newcomer).alerts.addChannel({ name: 'x', target })
    await expect(add({ kind: 'email', address: 'a@example.org' })).rejects.toMatchObject({ code: 'CONFLICT' })
    for (const target of [
      { kind: 'webhook', url: 'http://example.org/' },
      { kind: 'telegram', chatId: '1' },
      { kind: 'nostr', key: 'nsec1' },
      { kind: 'discord', url: 'https://example.org/api/webhooks/1/a' },
      { kind: 'ntfy', topic: 'a b' },
    ] as const)
      await expect(add(target), target.kind).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('keep what was chosen, of an owner alone', async () => {
    const mine = as(miners.steady).alerts
    await mine.saveRule({ rule: 'worker-down', isOn: true, parameters: { minutes: 45 } })
    await mine.saveWishes({
      timeZone: 'Europe/Vienna',
      quietHours: { fromMinute: 1_320, untilMinute: 420 },
      urgentPasses: false,
      groupingSeconds: 120,
    })
    const { rules, wishes } = await mine.overview()
    expect(rules.find(({ rule }) => rule === 'worker-down')).toMatchObject({
      isOn: true,
      parameters: [{ name: 'minutes', value: 45 }],
    })
    expect(wishes).toMatchObject({
      timeZone: 'Europe/Vienna',
      quietHours: { fromMinute: 1_320, untilMinute: 420 },
      groupingSeconds: 120,
    })
    const others = await as(miners.newcomer).alerts.overview()
    expect(others.rules.find(({ rule }) => rule === 'worker-down')).toMatchObject({
      parameters: [{ value: 15 }],
    })
    await expect(mine.saveRule({ rule: 'disk', isOn: true })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      mine.saveRule({ rule: 'worker-down', isOn: true, parameters: { minutes: 1 } }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(
      mine.saveWishes({ timeZone: 'Moon/Base', quietHours: null, urgentPasses: true, groupingSeconds: 0 }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await as(operator).operatorAlerts.saveRule({ rule: 'disk', isOn: true, parameters: { percent: 20 } })
    expect(
      (await as(operator).operatorAlerts.overview()).rules.find(({ rule }) => rule === 'disk'),
    ).toMatchObject({ parameters: [{ value: 20 }] })
  })

  it('of operators are changed on record, and no record has what opens a channel', async () => {
    const { channelId } = await as(operator).operatorAlerts.addChannel(hook)
    const actions = await listActions(api.database.pool, { action: 'alerts.add-channel' }, undefined, 10)
    expect(actions).toMatchObject([
      {
        author: 'Ada',
        subject: 'channel "my hook"',
        outcome: {
          before: {},
          after: { [`channel ${channelId}`]: expect.stringContaining('not confirmed') },
        },
      },
    ])
    expect(
      JSON.stringify(actions, (_key, value: unknown) => (typeof value === 'bigint' ? '' : value)),
    ).not.toContain('key=1')
  })
})
