import { pausePayouts, resumePayouts } from '@headframe/db/payout/control'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import { setThreshold } from '@headframe/db/payout/set-threshold'
import { tellProblem } from '@headframe/db/payout/tell-problem'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { readPool } from '@headframe/db/pool/read-pool'
import { savePool } from '@headframe/db/pool/save-pool'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSplit } from '../../src/measure/check-split'
import { payOut, txidOf } from '../support/pay-out'
import { NETWORK, NEWCOMER, NOBODY, openTestApi, RATE, STEADY, type TestApi } from '../support/test-api'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

function rateOf(hashrate: { measured: boolean; hashesPerSecond?: number }): number {
  expect(hashrate.measured).toBe(true)
  return hashrate.hashesPerSecond ?? Number.NaN
}

describe('pool', () => {
  it('measures what its miners were told to do', async () => {
    const pool = await api.call().pool.summary()
    if (!pool.isSetUp) throw new Error('the story has settings')
    expect(pool.record.state).toBe('current')
    expect(pool.active).toEqual({ miners: 2, workers: 2 })
    // One worker for the whole hour, one for twenty minutes of it; a thousand shares, so within a tenth.
    expect(rateOf(pool.hashrates['1h']) / (RATE * (80 / 60))).toBeCloseTo(1, 1)
    expect(rateOf(pool.hashrates['10m']) / (RATE * 2)).toBeCloseTo(1, 0)
    expect(pool.round?.lastBlock?.hash).toBe(api.hashes.at(-1))
    expect(pool.round?.effort).toBe(0)
    expect(pool.tip?.height).toBe(api.story.height + api.hashes.length)
  })

  it('charts the same work as it sums', async () => {
    const { points } = await api.call().pool.hashrate({ range: '6h' })
    const measured = points.filter(({ hashrate }) => hashrate.measured)
    expect(points.length - measured.length).toBeGreaterThanOrEqual(35)
    expect(measured.length).toBeGreaterThanOrEqual(35)
    for (const point of points.slice(0, 30))
      expect(point.hashrate).toEqual({ measured: false, why: 'no-share' })
  })

  it('lists its miners by work, and tells how to connect', async () => {
    const { miners, isCut } = await api.call().pool.miners()
    expect(miners.map(({ address }) => address)).toEqual([STEADY, NEWCOMER])
    expect(isCut).toBe(false)
    expect(await api.call({ stratumHost: 'pool.example' }).pool.connect()).toMatchObject({
      host: 'pool.example',
      network: NETWORK,
      ports: [
        { port: 3333, mode: 'pplns' },
        { port: 3334, fixed: true },
      ],
    })
  })
})

describe('miner', () => {
  it('gives a newcomer his whole hashrate, from his first share on', async () => {
    const miner = await api.call().miner.summary({ address: NEWCOMER })
    if (!miner.known) throw new Error('the newcomer has shares')
    const hour = miner.hashrates['1h']
    expect(hour.measured && hour.seconds).toBeLessThan(25 * 60)
    expect(Math.abs(rateOf(hour) / RATE - 1)).toBeLessThan(0.12)
  })

  it('counts what was rejected', async () => {
    const miner = await api.call().miner.summary({ address: STEADY })
    if (!miner.known) throw new Error('the miner has shares')
    expect(miner.outcomes[0]?.outcome).toBe('accepted')
    expect(miner.outcomes.find(({ outcome }) => outcome === 'stale-share')?.count).toBeGreaterThan(50)
  })

  it('takes an address in any case and with spaces around it', async () => {
    expect(await api.call().miner.summary({ address: ` ${STEADY.toUpperCase()} ` })).toMatchObject({
      known: true,
    })
  })

  it('says what is wrong with an address, in words', async () => {
    const mistyped = `${STEADY.slice(0, -1)}${STEADY.endsWith('q') ? 'p' : 'q'}`
    for (const address of ['', 'hello', mistyped, '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2']) {
      const refused = api.call().miner.summary({ address })
      await expect(refused, address).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(refused, address).rejects.toThrow(/address/i)
    }
    await expect(api.call().miner.summary({ address: 'a'.repeat(5000) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('knows nothing of an address without a share, and says only that', async () => {
    expect(await api.call().miner.summary({ address: NOBODY })).toMatchObject({ known: false })
    expect(await api.call().miner.balance({ address: NOBODY })).toBeNull()
    expect(await api.call().miner.hashrate({ address: NOBODY, range: '1h' })).toBeNull()
    expect(await api.call().miner.workers({ address: NOBODY })).toMatchObject({ workers: [] })
    expect(await api.call().miner.payouts({ address: NOBODY })).toMatchObject({ payouts: [] })
    expect(await api.call().miner.earnings({ address: NOBODY })).toEqual({
      earnings: [],
      nextCursor: undefined,
    })
  })

  it('shows earnings that come out right, and a balance that is their sum', async () => {
    const { earnings } = await api.call().miner.earnings({ address: STEADY })
    expect(earnings.map(({ status }) => status)).toEqual(['immature', 'stale', 'mature'])
    for (const earning of earnings) expect(checkSplit(earning, earning).isRight).toBe(true)
    const [immature, , mature] = earnings
    expect(await api.call().miner.balance({ address: STEADY })).toMatchObject({
      immatureSats: immature?.amountSats,
      availableSats: mature?.amountSats,
      lockedSats: 0n,
      paidSats: 0n,
      directSats: 0n,
      nextMaturity: { confirmations: 41, amountSats: immature?.amountSats },
    })
  })

  it('pages through earnings without a gap', async () => {
    const first = await api.call().miner.earnings({ address: STEADY, limit: 2 })
    const rest = await api.call().miner.earnings({ address: STEADY, limit: 2, cursor: first.nextCursor })
    expect([...first.earnings, ...rest.earnings].map(({ blockHash }) => blockHash)).toEqual(
      api.hashes.slice(0, 3).reverse(),
    )
    expect(rest.nextCursor).toBeUndefined()
  })
})

describe('worker', () => {
  it('has a chart of its own, with zeros after it went off', async () => {
    const chart = await api.call().worker.hashrate({ address: STEADY, worker: 'two', range: '1h' })
    expect(chart?.points).toHaveLength(60)
    // The last bucket may have hardly begun.
    for (const { hashrate } of chart?.points.slice(0, -1) ?? [])
      expect(hashrate).toMatchObject({ measured: true, hashesPerSecond: 0 })
    expect(await api.call().worker.hashrate({ address: STEADY, worker: 'three', range: '1h' })).toBeNull()
  })
})

describe('blocks', () => {
  it('come newest first, with what is known of each', async () => {
    const { blocks, nextCursor } = await api.call().blocks.list({ limit: 3 })
    expect(blocks[0]?.standing).toEqual({ nodeCount: 0, takenCount: 0, refusals: [], waits: [] })
    expect(blocks.map(({ status, isSettled }) => [status, isSettled])).toEqual([
      ['candidate', false],
      ['immature', true],
      ['stale', true],
    ])
    const rest = await api.call().blocks.list({ limit: 3, cursor: nextCursor })
    expect(rest.blocks.map(({ hash }) => hash)).toEqual([api.hashes[0]])
  })

  it('show a split that anybody can check', async () => {
    const hash = api.hashes[2]!
    const found = await api.call().blocks.one({ hash: hash.toUpperCase() })
    expect(found?.answers).toEqual([])
    const { earnings } = await api.call().blocks.earnings({ hash, limit: 1 })
    expect(earnings).toHaveLength(1)
    expect(checkSplit(earnings[0]!, found!.split!).isRight).toBe(true)
    expect(await api.call().blocks.one({ hash: 'f'.repeat(64) })).toBeNull()
    await expect(api.call().blocks.one({ hash: 'f00' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

/** What a pool says of its payouts. */
const TERMS = {
  everyMinutes: 60,
  thresholdSats: 100_000n,
  minimumSats: 10_000n,
  maxAgeDays: 30,
  confirmations: 6,
}

async function setTerms(payouts: typeof TERMS | undefined): Promise<void> {
  const settings = (await readPool(api.database.pool))!
  await savePool(api.database, { ...settings, payouts }, new Uint8Array(0), Date.now())
}

describe('payouts', () => {
  it('are promised to a miner by the terms in force, his own before those of the pool', async () => {
    const payout = async () => (await api.call().miner.balance({ address: NEWCOMER }))?.payout
    expect(await payout()).toEqual({ terms: undefined, ownThresholdSats: undefined, isPaused: false })
    await setTerms(TERMS)
    await setThreshold(api.database, NEWCOMER, 70_000n, { author: 'ann', atMs: Date.now() })
    await pausePayouts(api.database, 'ann', 'a new wallet', Date.now())
    expect(await payout()).toEqual({ terms: TERMS, ownThresholdSats: 70_000n, isPaused: true })
    await resumePayouts(api.database, 'ann', Date.now())
  })

  it('come newest first, page by page, each with what was sent and where it is', async () => {
    await setTerms(TERMS)
    const tip = (await readChainTip(api.database.pool))!.height
    const of = {
      address: STEADY,
      amountSats: 50_000n,
      sentSats: 49_900n,
      feePayer: 'payees',
      atMs: 5,
    } as const
    const settled = await payOut(api.database, { ...of, reaches: 'settled', height: tip - 9 })
    const confirmed = await payOut(api.database, { ...of, reaches: 'confirmed', height: tip - 1 })
    const sent = await payOut(api.database, { ...of, reaches: 'broadcast' })
    const signed = await payOut(api.database, { ...of, reaches: 'signed' })
    const planned = await payOut(api.database, { ...of, reaches: 'planned', needsApproval: true })

    const first = await api.call().miner.payouts({ address: STEADY, limit: 3 })
    const rest = await api.call().miner.payouts({ address: STEADY, limit: 3, cursor: first.nextCursor })
    expect(first.confirmationsWanted).toBe(6)
    const told = [...first.payouts, ...rest.payouts].map((payout) => [
      payout.batchId,
      payout.state,
      payout.sentSats,
      payout.txid,
      payout.confirmations,
      payout.awaitsApproval,
    ])
    expect(told).toEqual([
      [planned, 'planned', undefined, undefined, undefined, true],
      // What was not sent may yet be another.
      [signed, 'signed', 49_900n, undefined, undefined, false],
      [sent, 'broadcast', 49_900n, txidOf(sent), undefined, false],
      [confirmed, 'confirmed', 49_900n, txidOf(confirmed), 2, false],
      [settled, 'settled', 49_900n, txidOf(settled), 10, false],
    ])
    expect(rest.nextCursor).toBeUndefined()
    expect(await api.call().miner.payouts({ address: NEWCOMER })).toMatchObject({ payouts: [] })
    await expect(api.call().miner.payouts({ address: STEADY, cursor: '1 OR 1' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('are listed for everybody, and name a transaction and its fee once it was sent', async () => {
    const { payouts, nextCursor, confirmationsWanted } = await api.call().payouts.list({ limit: 4 })
    expect(confirmationsWanted).toBe(6)
    expect(
      payouts.map(({ state, feeSats, txid, confirmations }) => [
        state,
        feeSats,
        txid !== undefined,
        confirmations,
      ]),
    ).toEqual([
      ['planned', undefined, false, undefined],
      ['signed', undefined, false, undefined],
      ['broadcast', 100n, true, undefined],
      ['confirmed', 100n, true, 2],
    ])
    const rest = await api.call().payouts.list({ limit: 4, cursor: nextCursor })
    expect(rest.payouts.map(({ state, miners, totalSats }) => [state, miners, totalSats])).toEqual([
      ['settled', 1, 50_000n],
    ])
    expect(rest.nextCursor).toBeUndefined()
  })

  it('tell an operator what stands still and why, and nobody else whose doing it is', async () => {
    await pausePayouts(api.database, 'ann', 'a new wallet', 1_000)
    const problem = { problem: 'wallet-locked', detail: 'unlock it' }
    const behind = { problem: 'node-behind', detail: 'it is at 7' }
    const { payouts } = await api.call().payouts.list({ limit: 2 })
    await leadPayouts(api.database, async (lead) => {
      await tellProblem(lead, payouts[1]!.id, problem, 2_000)
      await tellProblem(lead, undefined, behind, 3_000)
    })
    const status = await api.call().pool.status()
    expect(status).toMatchObject({
      payouts: {
        terms: TERMS,
        paused: { by: 'ann', reason: 'a new wallet', sinceMs: 1_000 },
        problem: { ...behind, sinceMs: 3_000 },
        isCut: false,
        open: [
          { state: 'confirmed' },
          { state: 'broadcast' },
          { state: 'signed', problem: { ...problem, sinceMs: 2_000 } },
          { state: 'planned', awaitsApproval: true },
        ],
      },
    })
    for (const payout of (await api.call().payouts.list({})).payouts) {
      expect(Object.keys(payout)).not.toContain('problem')
      expect(Object.keys(payout)).not.toContain('approvedBy')
    }
  })
})
