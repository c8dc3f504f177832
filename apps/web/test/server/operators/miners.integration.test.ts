import { requestPayoutAddress } from '@headframe/db/account/payout-address'
import { changeListing } from '@headframe/db/account/privacy'
import { changeThreshold } from '@headframe/db/account/threshold'
import { changeWorker } from '@headframe/db/account/worker-settings'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { SessionQuestion } from '@headframe/core/live/session-question'
import { findMiner } from '@headframe/db/miner/find-miner'
import { MINER_ORDERS } from '@headframe/db/miner/list-miners'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../../src/server/viewer'
import { operatorOf } from '../../support/operator-of'
import { NETWORK, NEWCOMER, NOBODY, openTestApi, STEADY, type TestApi } from '../../support/test-api'

const DAY_MS = 86_400_000
const BY = { author: 'session 1', atMs: Date.now() }

let api: TestApi
let eve: OperatorViewer
let steadyId: number
beforeAll(async () => {
  api = await openTestApi()
  eve = await operatorOf(api.database, 'eve', 'viewer')
  steadyId = (await findMiner(api.database.pool, STEADY))!.minerId
})
afterAll(() => api.close())

const console = () => api.call({ viewer: eve }).consoleMiners
const addressesOf = async (wish: Parameters<ReturnType<typeof console>['list']>[0]) =>
  (await console().list(wish)).miners.map(({ address }) => address)

describe('all miners', () => {
  it('are listed with what they do, also those who are not listed in public', async () => {
    const { minerId } = (await findMiner(api.database.pool, NEWCOMER))!
    await changeListing(api.database, minerId, true, 'miner-91', BY)
    const { miners, nextCursor } = await console().list({})
    expect(miners).toMatchObject([
      { address: STEADY, isUnlisted: false, workerCount: 2, hashrate: { measured: true } },
      { address: NEWCOMER, isUnlisted: true, workerCount: 1, hashrate: { measured: true } },
    ])
    expect(miners[0]!.acceptedCount).toBeGreaterThan(0)
    expect(nextCursor).toBeUndefined()
    expect((await api.call().pool.miners()).miners.map(({ address }) => address)).not.toContain(NEWCOMER)
  })

  it.each(MINER_ORDERS)('come page by page in the order %s, as all at once', async (order) => {
    const all = await addressesOf({ order })
    expect(all).toHaveLength(2)
    const first = await console().list({ order, limit: 1 })
    const second = await console().list({ order, limit: 1, cursor: first.nextCursor })
    expect([...first.miners, ...second.miners].map(({ address }) => address)).toEqual(all)
    expect(second.nextCursor).toBeUndefined()
  })

  it('are found by address, worker, label, pseudonym, and by where they connect from', async () => {
    await changeWorker(
      api.database,
      steadyId,
      'two',
      { label: 'Garage 50%', notes: undefined, isHidden: false },
      BY,
    )
    expect(await addressesOf({ search: STEADY.slice(5, 25).toUpperCase() })).toEqual([STEADY])
    expect(await addressesOf({ search: 'TWO' })).toEqual([STEADY])
    expect(await addressesOf({ search: 'garage 50%' })).toEqual([STEADY])
    expect(await addressesOf({ search: '%' })).toEqual([STEADY])
    expect(await addressesOf({ search: 'miner-91' })).toEqual([NEWCOMER])
    expect(await addressesOf({ search: 'nobody has this' })).toEqual([])

    const keys = liveKeys(NETWORK)
    const [ear, mouth] = [new Redis(testServices().redisUrl), new Redis(testServices().redisUrl)]
    ear.on('message', (_channel, text: string) => {
      const { id, ...question } = JSON.parse(text) as SessionQuestion
      const isAsked = question.kind === 'look' && question.search === '203.0.113.'
      const session = {
        ...{
          connection: 'c',
          connectedAtMs: 1,
          remoteAddress: '203.0.113.5',
          port: 1,
          tls: false,
          mode: 'pplns',
        },
        ...{
          workers: [{ address: NEWCOMER, workerName: '' }],
          workerCount: 1,
          userAgent: '',
          profile: 'default',
        },
        ...{ difficulty: 1, versionMask: 0, shares: 0, rejects: 0 },
      }
      const sessions = isAsked ? [session] : []
      void mouth.rpush(keys.answers(id), JSON.stringify({ writerId: 's', total: 1, matching: 1, sessions }))
    })
    await ear.subscribe(keys.questions)
    expect(await addressesOf({ search: '203.0.113.' })).toEqual([NEWCOMER])
    ear.disconnect()
    mouth.disconnect()
  })
})

describe('one miner', () => {
  it('is shown with what he has set, and with who changed it', async () => {
    await changeThreshold(api.database, steadyId, 250_000n, BY)
    const script = new Uint8Array(22)
    const proof = { message: 'm', signature: 's', proofHash: new Uint8Array(32) }
    const effectiveAtMs = Date.now() + DAY_MS
    await requestPayoutAddress(
      api.database,
      steadyId,
      { address: NOBODY, script, ...proof },
      effectiveAtMs,
      BY,
    )
    const shown = await console().one({ address: STEADY })
    // What he calls his workers is for himself; whoever is told of it may search for it.
    expect(JSON.stringify(shown?.changes.map(({ before, after }) => [before, after]))).not.toContain('Garage')
    expect(shown).toMatchObject({
      ...{ address: STEADY, isUnlisted: false, ownThresholdSats: 250_000n, hasAlerts: false },
      payoutAddress: { current: undefined, pending: { address: NOBODY, effectiveAtMs } },
      changes: [
        { what: 'payout-address' },
        { what: 'payout-threshold', author: 'session 1' },
        { what: 'worker' },
      ],
    })
    expect(await console().one({ address: NOBODY })).toBeNull()
    await expect(console().one({ address: 'home' })).rejects.toMatchObject({ reason: 'address-invalid' })
  })
})
