import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { GuardOptions } from '../../src/guard/guard-options.js'
import { jobOn } from '../job-on.js'
import { openPool, type OpenPool } from '../stratum/open-pool.js'
import { readCredited } from './credited-share.js'
import { PoolLog } from './pool-log.js'
import { brokenShareLaws } from './share-laws.js'
import { WireConnection } from './wire-connection.js'
import { Witness } from './witness.js'

/** A pool with a well-behaved miner at work, and whatever a test brings there. */
export interface Scene {
  readonly pool: OpenPool
  /** A connection from an address of its own. */
  readonly connect: (remoteAddress: string) => Promise<WireConnection>
  /** Waits until the pool has said of an address why it was closed or refused; the newest reason. */
  readonly reasonOf: (remoteAddress: string) => Promise<string | undefined>
  /** Lets the pool's clocks go on, not faster than the miner can show that it is alive. */
  readonly passTime: (ms: number) => Promise<void>
}

const PORTS = '0 fixed=1e-9; 0 difficulty=1 min=1e-9 proxy'
const PATIENCE_MS = 5_000
/** The miner says something within it. */
const MOMENT_MS = 20_000

/**
 * Plays an abuse, and at its end asks for the miner beside it: that it was never closed, that each of its shares was
 * accepted, in order, and that each is in the journal.
 */
export async function besideWitness(
  limits: Partial<GuardOptions>,
  abuse: (scene: Scene) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headframe-abuse-'))
  try {
    await playBeside(dataDir, limits, abuse)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function playBeside(
  dataDir: string,
  limits: Partial<GuardOptions>,
  abuse: (scene: Scene) => Promise<void>,
): Promise<void> {
  const log = new PoolLog()
  const pool = await openPool(PORTS, { dataDir, limits, log: log.log })
  pool.sendJob(jobOn(1))
  const witness = await Witness.connect(pool.port)
  const connections = [witness.connection]
  let isOver = false
  const mining = witness.mineUntil(() => isOver)
  try {
    await abuse({
      pool,
      connect: async (remoteAddress) => {
        const connection = await WireConnection.connectFrom(remoteAddress, pool.ports[1]!)
        connections.push(connection)
        return connection
      },
      reasonOf: (remoteAddress) => lastReason(log, remoteAddress),
      passTime: (ms) => passTime(pool, witness, ms),
    })
    isOver = true
    await mining
    expect(witness.answeredCount).toBeGreaterThan(0)
    expect(witness.losses()).toEqual([])
  } finally {
    for (const connection of connections) connection.end('destroy')
    await pool.close()
  }
  const credited = await readCredited(dataDir, pool.writer.writerId)
  expect(brokenShareLaws(connections, credited, new Map())).toEqual([])
  expect(log.errors).toEqual([])
}

async function lastReason(log: PoolLog, remoteAddress: string): Promise<string | undefined> {
  const endsAt = performance.now() + PATIENCE_MS
  while (log.reasonsOf(remoteAddress).length === 0 && performance.now() < endsAt) await sleep(5)
  return log.reasonsOf(remoteAddress).at(-1)
}

async function passTime(pool: OpenPool, witness: Witness, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= MOMENT_MS) {
    const before = witness.answeredCount
    await witness.connection.until(() => witness.answeredCount > before)
    pool.clock.nowMs += Math.min(left, MOMENT_MS)
  }
}
