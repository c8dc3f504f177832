import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PREFIX_COUNT, QUARANTINE_MS } from '../../src/sessions/extranonce1.js'
import { LEASE_MS, PrefixLeases } from '../../src/sessions/prefix-leases.js'
import { ownDatabase } from '../own-database.js'
import { openPrefixRegistry } from '../../src/sessions/prefix-registry.js'

const own = ownDatabase()

async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'headframe-leases-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

interface Opening {
  readonly dataDir: string
  readonly slotCount?: number
  /** A port where nobody listens stands for a registry that is away. */
  readonly isAway?: boolean
  readonly aheadMs?: number
  readonly url?: string
}

/** A start of `serve`, as far as prefixes go. */
async function begin({ dataDir, slotCount = 2, isAway = false, aheadMs = 0, url }: Opening) {
  const away = 'postgresql://nobody:nothing@127.0.0.1:1/none'
  const registries = [openPrefixRegistry(url ?? own().url), openPrefixRegistry(away)]
  const [lost, lines]: [number[], string[]] = [[], []]
  const state = { isAway, aheadMs }
  const registry = () => registries[state.isAway ? 1 : 0]!
  const leases = await PrefixLeases.open(
    { dataDir, slotCount },
    {
      registry: {
        lease: (holder, terms) => registry().lease(holder, terms),
        renew: (lease, leaseMs) => registry().renew(lease, leaseMs),
        release: (hostId, fromSlot) => registry().release(hostId, fromSlot),
        close: async () => {
          await Promise.all(registries.map(({ close }) => close()))
        },
      },
      log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
      nowMs: () => Date.now() + state.aheadMs,
      randomId: randomUUID,
      onLost: (slot) => lost.push(slot),
    },
  )
  onTestFinished(() => leases.close())
  const prefixes = (): Promise<number[]> =>
    Promise.all(Array.from({ length: slotCount }, (_, slot) => leases.hold(slot)))
  return { leases, lost, lines, state, prefixes }
}

const isHeld = (promise: Promise<number>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ])

async function letTimePass(ms: number): Promise<void> {
  await own().db.pool.query(`UPDATE extranonce1_lease SET expires_at = expires_at - $1 * interval '1 ms'`, [
    ms,
  ])
}

describe('the prefixes of a host', () => {
  it('are one a process, no other host’s, and the same after a restart', async () => {
    const [a, b] = [await temporaryDirectory(), await temporaryDirectory()]
    const first = await begin({ dataDir: a })
    const other = await begin({ dataDir: b })
    await Promise.all([first.leases.renew(), other.leases.renew()])
    const prefixes = await first.prefixes()
    const all = [...prefixes, ...(await other.prefixes())]
    expect(new Set(all).size).toBe(4)
    for (const prefix of all) expect(prefix >= 0 && prefix < PREFIX_COUNT).toBe(true)
    await first.leases.close()
    const again = await begin({ dataDir: a })
    await again.leases.renew()
    expect(await again.prefixes()).toEqual(prefixes)
    await again.leases.renew()
    expect([again.lost, again.lines]).toEqual([[], []])
  })

  it('are waited for at the very first start, until the registry can be asked', async () => {
    const host = await begin({ dataDir: await temporaryDirectory(), isAway: true })
    const held = host.leases.hold(0)
    await host.leases.renew()
    expect(await isHeld(held)).toBe(false)
    expect(host.lines.join('')).toContain('waiting for Postgres')
    expect(host.lines.join('')).toContain('ECONNREFUSED')
    host.state.isAway = false
    await host.leases.renew()
    expect(await held).toBe((await host.prefixes())[0])
  })

  it('are asked for again and again, once begun', async () => {
    const host = await begin({ dataDir: await temporaryDirectory(), isAway: true })
    host.leases.start()
    const held = host.leases.hold(1)
    while (!host.lines.join('').includes('waiting for Postgres')) await new Promise(setImmediate)
    host.state.isAway = false
    expect(await held).toBe((await host.prefixes())[1])
  })

  it('are waited for as long as the database has no tables', async () => {
    const empty = await createTestDatabase()
    onTestFinished(() => empty.drop())
    const host = await begin({ dataDir: await temporaryDirectory(), url: empty.url })
    const held = host.leases.hold(0)
    await host.leases.renew()
    expect(await isHeld(held)).toBe(false)
    expect(host.lines.join('')).toContain('made by settle')
    const database = openDatabase({ url: empty.url })
    await migrate(database.pool)
    await database.close()
    await host.leases.renew()
    expect(await isHeld(held)).toBe(true)
    await host.leases.close()
  })

  it('of processes that are run no more are given back', async () => {
    const dataDir = await temporaryDirectory()
    const three = await begin({ dataDir, slotCount: 3 })
    await three.leases.renew()
    const prefixes = await three.prefixes()
    await three.leases.close()
    const two = await begin({ dataDir, slotCount: 2 })
    await two.leases.renew()
    expect(await two.prefixes()).toEqual(prefixes.slice(0, 2))
    const { rows } = await own().db.pool.query<{ prefix: number }>(
      'SELECT prefix FROM extranonce1_lease WHERE fence IS NULL AND host_id IS NOT NULL AND expires_at <= now()',
    )
    expect(rows.map(({ prefix }) => prefix)).toContain(prefixes[2])
  })
})

describe('when the registry is away', () => {
  it('a start works with the leases of the last one, as long as they hold', async () => {
    const dataDir = await temporaryDirectory()
    const first = await begin({ dataDir })
    await first.leases.renew()
    const prefixes = await first.prefixes()
    await first.leases.close()
    const second = await begin({ dataDir, isAway: true, aheadMs: LEASE_MS - 60_000 })
    expect(await second.prefixes()).toEqual(prefixes)
    await second.leases.renew()
    expect(await second.prefixes()).toEqual(prefixes)
    expect(second.lines.join('')).toContain('cannot be renewed')
    second.state.isAway = false
    await second.leases.renew()
    expect(await second.prefixes()).toEqual(prefixes)
    expect(second.lost).toEqual([])
    const third = await begin({ dataDir, isAway: true, aheadMs: 2 * LEASE_MS })
    expect(await isHeld(third.leases.hold(0))).toBe(false)
  })

  it('they are used until they run out, and then no more until it is back', async () => {
    const host = await begin({ dataDir: await temporaryDirectory() })
    await host.leases.renew()
    const prefixes = await host.prefixes()
    host.state.isAway = true
    host.state.aheadMs = LEASE_MS - 60_000
    await host.leases.renew()
    expect(host.lost).toEqual([])
    host.state.aheadMs = LEASE_MS + 1
    await host.leases.renew()
    expect(host.lost).toEqual([0, 1])
    expect(host.lines.join('')).toContain('has run out')
    const held = host.leases.hold(1)
    expect(await isHeld(held)).toBe(false)
    host.state.isAway = false
    await host.leases.renew()
    expect(await held).toBe(prefixes[1])
  })

  it('a prefix that others have by then is not used again', async () => {
    const dataDir = await temporaryDirectory()
    const host = await begin({ dataDir, slotCount: 1 })
    await host.leases.renew()
    const [prefix] = await host.prefixes()
    await letTimePass(LEASE_MS + QUARANTINE_MS + 1_000)
    await own().db.pool.query(
      `UPDATE extranonce1_lease SET host_id = 'new', slot = 9, fence = 'new' WHERE prefix = $1`,
      [prefix],
    )
    await host.leases.renew()
    expect(host.lost).toEqual([0])
    expect(await host.prefixes()).not.toEqual([prefix])
  })
})

describe('two of one identity', () => {
  it('part: the one that was there takes another, and its processes start again', async () => {
    const [dataDir, copyDir] = [await temporaryDirectory(), await temporaryDirectory()]
    const original = await begin({ dataDir })
    await original.leases.renew()
    const prefixes = await original.prefixes()
    await cp(dataDir, copyDir, { recursive: true })
    const copy = await begin({ dataDir: copyDir })
    await copy.leases.renew()
    expect(await copy.prefixes()).toEqual(prefixes)
    await original.leases.renew()
    expect(original.lost).toEqual([0, 1])
    expect(original.lines.join('')).toContain('leased by somebody else')
    const others = await original.prefixes()
    expect(new Set([...prefixes, ...others]).size).toBe(4)
    for (const { leases } of [copy, original, copy, original]) await leases.renew()
    expect([original.lost, copy.lost]).toEqual([[0, 1], []])
    await original.leases.close()
    const again = await begin({ dataDir })
    expect(await again.prefixes()).toEqual(others)
  })

  it('a start on disk alone hears of it as soon as it can ask', async () => {
    const dataDir = await temporaryDirectory()
    const first = await begin({ dataDir, slotCount: 1 })
    await first.leases.renew()
    const [prefix] = await first.prefixes()
    await first.leases.close()
    await own().db.pool.query(`UPDATE extranonce1_lease SET host_id = 'thief', slot = 0 WHERE prefix = $1`, [
      prefix,
    ])
    const second = await begin({ dataDir, slotCount: 1, isAway: true })
    expect(await second.prefixes()).toEqual([prefix])
    second.state.isAway = false
    await second.leases.renew()
    expect(second.lost).toEqual([0])
    expect(await second.prefixes()).not.toEqual([prefix])
  })
})

it('a file that cannot be read makes a new host of it, and one that cannot be written only a warning', async () => {
  const dataDir = await temporaryDirectory()
  await writeFile(join(dataDir, 'host.json'), '{"hostId": 5}')
  const host = await begin({ dataDir })
  await host.leases.renew()
  await host.prefixes()
  expect(host.lines.join('')).toContain('unreadable')
  expect(JSON.parse(await readFile(join(dataDir, 'host.json'), 'utf8'))).toMatchObject({ leases: [{}, {}] })
  const nowhere = await begin({ dataDir: join(dataDir, 'nowhere') })
  await nowhere.leases.renew()
  expect((await nowhere.prefixes()).length).toBe(2)
  expect(nowhere.lines.join('')).toContain('cannot be written')
})
