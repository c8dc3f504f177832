import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RpcUnavailable } from '../../src/bitcoind/rpc-client.js'
import { openSettlePool } from './settle-pool.js'

let directory: string
let near: Bitcoind
let far: Bitcoind
let poolAddress: string
let elsewhere: string

const startNode = (name: string): Promise<Bitcoind> =>
  startBitcoind({
    directory: join(directory, name),
    packagesDirectory: testServices().packagesDirectory,
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-reorganisations-'))
  near = await startNode('near')
  far = await startNode('far')
  // Two nodes that never met: the far one takes over the chain of the near one.
  await far.rpc('invalidateblock', [await far.rpc<string>('getblockhash', [1])])
  await bring(near, far)
  poolAddress = await near.rpc<string>('getnewaddress')
  elsewhere = await near.rpc<string>('getnewaddress')
}, 120_000)
afterAll(async () => {
  await near.stop()
  await far.stop()
  await rm(directory, { recursive: true, force: true })
})

const tipOf = ({ rpc }: Bitcoind): Promise<string> => rpc<string>('getbestblockhash')
const heightOf = ({ rpc }: Bitcoind): Promise<number> => rpc<number>('getblockcount')
const away = 'http://user:password@127.0.0.1:1'

/** Brings the best chain of one node to another, as their peers would. */
async function bring(from: Bitcoind, to: Bitcoind): Promise<void> {
  const height = await heightOf(from)
  for (let at = 1; at <= height; at++) {
    const hash = await from.rpc<string>('getblockhash', [at])
    const isKnown = await to.rpc('getblock', [hash]).then(
      () => true,
      () => false,
    )
    if (!isKnown) await to.rpc('submitblock', [await from.rpc<string>('getblock', [hash, 0])])
  }
}

async function mine({ rpc }: Bitcoind, address: string, count = 1): Promise<string[]> {
  return rpc<string[]>('generatetoaddress', [count, address])
}

describe('a reorganisation', () => {
  test.each([1, 6, 99, 100, 101])(
    'of %i blocks takes the block out and brings it back, and the balances end as if it had never been',
    async (depth) => {
      const pool = await openSettlePool(poolAddress)
      await pool.journal.ship(['addrAnna', 1], ['addrBert', 2])
      const [ours] = await mine(near, poolAddress)
      await pool.found(near.rpc, ours!)
      if (depth > 1) await mine(near, elsewhere, depth - 1)
      await pool.run(near.url)
      const status = depth > 100 ? 'mature' : 'immature'
      expect(await pool.statusOf(ours!)).toBe(status)
      const [balances, entries] = [await pool.balances(), await pool.entries()]
      expect(Object.keys(balances).length).toBeGreaterThan(2)

      // Another chain is longer by one.
      await near.rpc('invalidateblock', [ours])
      const [theirs] = await mine(near, elsewhere, depth + 1)
      await near.rpc('reconsiderblock', [ours])
      expect(await near.rpc('getblockheader', [ours])).toMatchObject({ confirmations: -1 })
      await pool.run(near.url)
      expect(await pool.statusOf(ours!)).toBe('stale')
      expect(await pool.balances()).toEqual({})
      const reversed = await pool.entries()
      expect(reversed.slice(0, entries.length)).toEqual(entries)

      // And ours again.
      await near.rpc('invalidateblock', [theirs])
      await pool.run(near.url)
      expect(await pool.statusOf(ours!)).toBe(status)
      expect(await pool.balances()).toEqual(balances)
      expect((await pool.entries()).slice(0, reversed.length)).toEqual(reversed)
    },
    60_000,
  )
})

describe('two nodes', () => {
  test('that disagree are judged by the one with more work, in whatever order, until they join', async () => {
    const pool = await openSettlePool(poolAddress)
    await bring(near, far)
    await pool.journal.ship(['addrAnna', 1])
    const [ours] = await mine(near, poolAddress)
    await pool.found(near.rpc, ours!)
    await mine(far, elsewhere, 2)
    expect(await tipOf(near)).toBe(ours)
    for (const urls of [
      [near.url, far.url],
      [far.url, near.url],
    ]) {
      await pool.run(...urls)
      expect(await pool.statusOf(ours!)).toBe('stale')
    }
    expect(await pool.balances()).toEqual({})

    await mine(near, elsewhere, 2)
    for (const urls of [
      [near.url, far.url],
      [far.url, near.url],
    ]) {
      await pool.run(...urls)
      expect(await pool.statusOf(ours!)).toBe('immature')
    }
    const credited = await pool.balances()
    expect(Object.keys(credited).length).toBeGreaterThan(1)

    await bring(near, far)
    expect(await tipOf(far)).toBe(await tipOf(near))
    await pool.run(far.url, near.url)
    expect(await pool.balances()).toEqual(credited)
  }, 60_000)

  test('of which one is away are judged by the other, but not while that one lags', async () => {
    const pool = await openSettlePool(poolAddress)
    await bring(near, far)
    await pool.journal.ship(['addrAnna', 1])
    const [ours] = await mine(near, poolAddress)
    await pool.found(near.rpc, ours!)
    await mine(near, elsewhere, 100)
    await pool.run(near.url, far.url)
    expect(await pool.statusOf(ours!)).toBe('mature')
    const balances = await pool.balances()

    // The far one has heard of none of it.
    await expect(pool.run(away, far.url)).rejects.toBeInstanceOf(RpcUnavailable)
    await expect(pool.run(away)).rejects.toBeInstanceOf(RpcUnavailable)
    expect(await pool.statusOf(ours!)).toBe('mature')
    expect(await pool.balances()).toEqual(balances)

    await bring(near, far)
    await pool.run(away, far.url)
    expect(await pool.statusOf(ours!)).toBe('mature')
    expect(await pool.balances()).toEqual(balances)
  }, 60_000)
})
