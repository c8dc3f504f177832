import { liveKeys, type LiveTips } from '@headframe/core/live/live-feed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { payOut, txidOf } from '../support/pay-out'
import { NETWORK, NEWCOMER, NOBODY, openTestApi, RATE, STEADY, type TestApi } from '../support/test-api'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

describe('luck', () => {
  it('goes through every round that a block has ended', async () => {
    const { rounds } = await api.call().pool.luck()
    expect(rounds.map(({ hash }) => hash)).toEqual(api.hashes)
    const last = rounds.at(-1)!
    expect(last.luck.rounds).toBe(4)
    const efforts = rounds.reduce((sum, { effort }) => sum + effort, 0)
    expect(last.luck.meanEffort).toBeCloseTo(efforts / 4, 9)
    expect(last.luck.band.low).toBeLessThan(1)
    expect(last.luck.band.high).toBeGreaterThan(1)
  })
})

describe('tips', () => {
  it('are as the engine reported them, and unknown before it has', async () => {
    expect(await api.call().pool.tips()).toEqual({ known: false, why: 'not-reported' })
    const tips: LiveTips = {
      tips: [
        ...[
          {
            height: 7,
            atMs: 5,
            source: 'rawblock',
            jobMs: 1,
            firstNotifyMs: 2,
            lastNotifyMs: 3,
            minerCount: 4,
          },
        ],
        ...[{ height: 6, atMs: 4, source: 'poll', minerCount: 0 }],
      ],
    }
    const key = liveKeys(NETWORK).tips
    await api.redis.commands.set(key, JSON.stringify(tips), 'PX', 10_000)
    expect(await api.call().pool.tips()).toEqual({ known: true, value: tips })
    await api.redis.commands.del(key)
  })
})

describe('best shares', () => {
  it('are one of each miner, with how hard a block would have been', async () => {
    for (const period of ['day', 'week', 'ever'] as const) {
      const { shares } = await api.call().pool.bestShares({ period })
      if (period !== 'day')
        expect(shares.map(({ address }) => address).toSorted()).toEqual([STEADY, NEWCOMER].toSorted())
      for (const { networkDifficulty } of shares) expect(networkDifficulty).toBeCloseTo(300, 0)
    }
  })
})

describe('a miner', () => {
  it('has a hashrate of every window', async () => {
    const miner = await api.call().miner.summary({ address: STEADY })
    if (!miner.known) throw new Error('the miner has shares')
    expect(Object.keys(miner.hashrates).toSorted()).toEqual(['10m', '1h', '1m', '24h', '6h', '7d'])
    const week = miner.hashrates['7d']
    expect(week.measured && week.seconds).toBeLessThan(3.1 * 3_600)
  })

  it('has workers with their best share and what late shares cost', async () => {
    const { workers } = await api.call().miner.workers({ address: STEADY })
    const one = workers.find(({ name }) => name === 'one')!
    expect(one.bestDifficulty).toBeGreaterThan(0)
    // Each late share is worth a share of difficulty 1 of 300, of a block of some 50 BTC less one per cent.
    const late = one.rejects['stale-share']!
    expect(one.staleCostSats! / late / ((5_000_000_000 * 0.99) / 300)).toBeCloseTo(1, 1)
    expect(workers.find(({ name }) => name === 'two')!.staleCostSats).toBe(0)
  })

  it('has earned by day what his earnings are together, against what was to be expected', async () => {
    const daily = (await api.call().miner.daily({ address: STEADY }))!
    const { earnings } = await api.call().miner.earnings({ address: STEADY })
    const standing = earnings.filter(({ status }) => status !== 'stale')
    expect(daily.earnedSats).toBe(standing.reduce((sum, { amountSats }) => sum + amountSats, 0n))
    expect(daily.blockCount).toBe(2)
    expect(daily.days.reduce((sum, { expectedSats }) => sum + expectedSats, 0)).toBeCloseTo(
      daily.expected.expectedSats,
      0,
    )
    expect(daily.expected.lowSats).toBeLessThan(daily.expected.expectedSats)
    expect(daily.expected.highSats).toBeGreaterThan(daily.expected.expectedSats)
    expect(daily.reward.blockCount).toBe(3)
    expect(await api.call().miner.daily({ address: NOBODY })).toBeNull()
  })

  it('is drawn finer where one looks nearer', async () => {
    const untilMs = api.story.endsAtMs
    const zoom = { fromMs: untilMs - 2 * 3_600_000, toMs: untilMs - 3_600_000 }
    const chart = (await api.call().miner.hashrate({ address: STEADY, range: '24h', ...zoom }))!
    expect(chart.bucketMs).toBe(60_000)
    expect(chart.points[0]!.startsAtMs).toBeLessThanOrEqual(zoom.fromMs)
    expect(chart.points.at(-1)!.endsAtMs).toBe(zoom.toMs)
    const half = await api.call().miner.hashrate({ address: STEADY, range: '24h', fromMs: zoom.fromMs })
    expect(half?.bucketMs).toBe(15 * 60_000)
  })
})

describe('a worker', () => {
  it('says what became of its shares, and at which difficulty', async () => {
    const worker = (await api.call().worker.summary({ address: STEADY, worker: 'one' }))!
    expect(worker.rejects['stale-share']).toBeGreaterThan(50)
    expect(worker.staleCostSats).toBeGreaterThan(0)
    expect(worker.bests[0]).toMatchObject({ period: 'ever', startsAtMs: 0 })
    const hour = worker.hashrates.find(({ window }) => window === '1h')!.hashrate
    expect(hour.measured && hour.hashesPerSecond / RATE).toBeCloseTo(1, 0)

    const timeline = (await api.call().worker.timeline({ address: STEADY, worker: 'one', range: '6h' }))!
    const known = timeline.points.filter(({ acceptedCount }) => acceptedCount > 0)
    expect(known.length).toBeGreaterThan(30)
    for (const { difficulty } of known) expect(difficulty).toBeCloseTo(1, 9)
    expect(timeline.points[0]).toMatchObject({ acceptedCount: 0, isKnown: false, difficulty: undefined })
    const rejected = timeline.points.reduce((sum, { rejectedCount }) => sum + rejectedCount, 0)
    expect(rejected).toBe(worker.rejects['stale-share'])
  })

  it('is unknown where the pool knows none of that name', async () => {
    const nobody = { address: STEADY, worker: 'three' }
    expect(await api.call().worker.summary(nobody)).toBeNull()
    expect(await api.call().worker.timeline({ ...nobody, range: '1h' })).toBeNull()
  })
})

describe('a search', () => {
  const find = (text: string) => api.call().search.find({ text })

  it('leads to miners and their workers', async () => {
    const miner = { kind: 'miner', path: `/miners/${STEADY}` }
    expect(await find(` ${STEADY.toUpperCase()} `)).toEqual(miner)
    expect(await find(`${STEADY}.`)).toEqual(miner)
    expect(await find(`${STEADY}.rig 1`)).toEqual({ kind: 'worker', path: `/miners/${STEADY}/rig%201` })
  })

  it('leads to blocks by height and hash', async () => {
    const path = `/blocks/${api.hashes[2]}`
    expect(await find(String(api.story.height + 2))).toEqual({ kind: 'block', path })
    expect(await find(api.hashes[2]!.toUpperCase())).toEqual({ kind: 'block', path })
  })

  it('leads to a payout by a transaction that was sent, and to none that was not', async () => {
    const of = { address: STEADY, amountSats: 5_000n, sentSats: 4_900n, feePayer: 'payees', atMs: 5 } as const
    const sent = await payOut(api.database, { ...of, reaches: 'broadcast' })
    const signed = await payOut(api.database, { ...of, reaches: 'signed' })
    expect(await find(txidOf(sent))).toEqual({ kind: 'payout', path: `/payouts?upTo=${sent}` })
    expect(await find(txidOf(signed))).toMatchObject({ kind: 'nothing' })
  })

  it('says in words why there is nothing', async () => {
    for (const text of ['', 'hello', '12', 'f'.repeat(64), '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2']) {
      const found = await find(text)
      expect(found.kind).toBe('nothing')
      expect('message' in found && found.message.length).toBeGreaterThan(10)
    }
  })
})
