import { describe, expect, test, vi } from 'vitest'
import { besideWitness, type Scene } from './beside-witness.js'
import { shareLines } from './share-line.js'
import type { WireConnection } from './wire-connection.js'

const ABUSER = '198.51.100.1'
const NEIGHBOUR = '198.51.100.2'
const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const BAN_MS = 60_000
const MIN_SUBMISSIONS = 10

const STRICT = {
  banMs: BAN_MS,
  rejectRatio: { halfLifeMs: 600_000, minSubmissions: MIN_SUBMISSIONS, rejectPercent: 50 },
}

const line = (message: object): Buffer => Buffer.from(`${JSON.stringify(message)}\n`)
const LOGIN = Buffer.concat([
  line({ id: 1, method: 'mining.subscribe', params: [] }),
  line({ id: 2, method: 'mining.authorize', params: [`${ADDRESS}.abuser`, 'd=1e-9'] }),
])
const REJECTED = line({ id: 3, method: 'mining.submit', params: [] })
const ALL_REJECTED = Buffer.concat(Array<Buffer>(MIN_SUBMISSIONS).fill(REJECTED))

function shareOf({ memory }: WireConnection): Buffer {
  const saying = { kind: 'share', id: '9', flaw: 'none', pick: 0, count: 1 } as const
  return Buffer.from(`${shareLines({ memory, submitted: [], others: [] }, saying)}\n`)
}

/** Whether somebody who comes from an address is let in. */
async function isLetIn({ connect }: Scene, from = ABUSER): Promise<boolean> {
  const connection = await connect(from)
  connection.write(LOGIN)
  await connection.until(() => connection.memory.job !== undefined)
  const isIn = connection.memory.job !== undefined
  if (isIn) connection.end('half')
  await connection.closed()
  return isIn
}

async function isClosed(connections: readonly WireConnection[]): Promise<boolean> {
  const closed = await Promise.all(connections.map((connection) => connection.closed()))
  return !closed.includes(false)
}

describe('whose submissions are nearly all rejected', () => {
  test('is closed and banned with all its connections, and let in again when the ban is over', () =>
    besideWitness(STRICT, async (scene) => {
      const [bad, other] = [await scene.connect(ABUSER), await scene.connect(ABUSER)]
      bad.write(Buffer.concat([LOGIN, ALL_REJECTED]))
      other.write(LOGIN)
      expect(await isClosed([bad, other])).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('banned')
      expect(scene.pool.bans.active()).toMatchObject([
        { address: ABUSER, reason: 'too many rejected submissions', offences: 1 },
      ])
      expect(await isLetIn(scene)).toBe(false)
      expect(await isLetIn(scene, NEIGHBOUR)).toBe(true)
      await scene.passTime(BAN_MS)
      expect(await isLetIn(scene)).toBe(true)
    }))

  test('is let in again when the ban is lifted', () =>
    besideWitness(STRICT, async (scene) => {
      const bad = await scene.connect(ABUSER)
      bad.write(Buffer.concat([LOGIN, ALL_REJECTED]))
      expect(await isClosed([bad])).toBe(true)
      expect(await isLetIn(scene)).toBe(false)
      expect(scene.pool.bans.lift(ABUSER)).toBe(true)
      expect(await isLetIn(scene)).toBe(true)
    }))

  test('is closed and not banned while somebody mines well behind the same address', () =>
    besideWitness(STRICT, async (scene) => {
      const good = await scene.connect(ABUSER)
      good.write(LOGIN)
      await good.until(() => good.memory.job !== undefined)
      good.write(shareOf(good))
      expect(await good.allAnswered()).toBe(true)
      const bad = await scene.connect(ABUSER)
      bad.write(Buffer.concat([LOGIN, ALL_REJECTED]))
      expect(await isClosed([bad])).toBe(true)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-rejects')
      expect(good.isClosed).toBe(false)
      expect(await isLetIn(scene)).toBe(true)
    }))
})

describe('who comes too often', () => {
  test('is refused beyond the connections of an address, and let in when one has gone', () =>
    besideWitness({ maxConnectionsPerAddress: 2 }, async (scene) => {
      const [first] = [await scene.connect(ABUSER), await scene.connect(ABUSER)]
      first.write(LOGIN)
      await first.allAnswered()
      expect(await isLetIn(scene)).toBe(false)
      expect(await scene.reasonOf(ABUSER)).toBe('too-many-from-address')
      expect(await isLetIn(scene, NEIGHBOUR)).toBe(true)
      first.end('half')
      await isClosed([first])
      await vi.waitFor(async () => expect(await isLetIn(scene)).toBe(true))
    }))

  test('is refused for a while when it comes back in a loop', () =>
    besideWitness({ maxConnectionsPerAddress: 5, newConnectionsPerSecond: 1 }, async (scene) => {
      for (let visit = 0; visit < 5; visit++) expect(await isLetIn(scene)).toBe(true)
      expect(await isLetIn(scene)).toBe(false)
      expect(await scene.reasonOf(ABUSER)).toBe('connecting-too-often')
      await scene.passTime(1_000)
      expect(await isLetIn(scene)).toBe(true)
    }))

  test('is banned when it comes back to flood again', () =>
    besideWitness({ maxFloods: 3, banMs: BAN_MS }, async (scene) => {
      for (let visit = 0; visit < 4; visit++) {
        const flood = await scene.connect(ABUSER)
        flood.write(Buffer.from('nonsense\n'.repeat(100)))
        expect(await flood.closed()).toBe(true)
      }
      expect(await isLetIn(scene)).toBe(false)
      expect(await isLetIn(scene, NEIGHBOUR)).toBe(true)
      expect(scene.pool.bans.active()).toMatchObject([
        { address: ABUSER, reason: 'floods of messages that no miner sends' },
      ])
    }))

  test('is banned when it never gets as far as to mine, where that is set', () =>
    besideWitness({ maxFailedHandshakes: 3, banMs: BAN_MS }, async (scene) => {
      for (let visit = 0; visit < 4; visit++) {
        const passing = await scene.connect(ABUSER)
        passing.write(LOGIN.subarray(0, 10))
        passing.end('half')
        await passing.closed()
      }
      expect(await isLetIn(scene)).toBe(false)
      expect(scene.pool.bans.active()).toMatchObject([
        { address: ABUSER, reason: 'connections that never authorize' },
      ])
    }))
})
