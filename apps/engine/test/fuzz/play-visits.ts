import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { jobOn } from '../job-on.js'
import { openPool, type OpenPool } from '../stratum/open-pool.js'
import { ADDRESS } from '../stratum/client-behaviour.js'
import { anyBytes } from './any-bytes.js'
import { brokenConnectionLaws } from './connection-laws.js'
import { readCredited } from './credited-share.js'
import { expectProxy } from './expected-proxy.js'
import { oddPreface } from './odd-preface.js'
import { PoolLog } from './pool-log.js'
import { brokenShareLaws } from './share-laws.js'
import { WireConnection } from './wire-connection.js'
import { Witness } from './witness.js'

/** Somebody comes to a port with `proxy`, says something, and goes. */
export interface Visit {
  readonly preface: Uint8Array
  readonly says: Uint8Array
  /** Where the bytes of both are cut into packets. */
  readonly cuts: readonly number[]
}

const PORT = '0 difficulty=1e-9 min=1e-9 proxy'
const WITNESS = '203.0.113.250'
const SOCKET_ADDRESS = '127.0.0.1'
const PATIENCE_MS = 2_000
const MAX_VISITS = 20
/** Those whose header says nothing come from one address. */
const LIMITS = { maxConnectionsPerAddress: 1_000, maxConnectionsPerSubnet: 1_000 }

const GREETING = Buffer.from(
  '{"id":"sub","method":"mining.subscribe","params":[]}\n' +
    `{"id":"auth","method":"mining.authorize","params":["${ADDRESS}.rig"]}\n` +
    '{"id":"ping","method":"mining.ping"}\n',
)

const visit: fc.Arbitrary<Visit> = fc.record({
  preface: oddPreface,
  says: fc.oneof({ weight: 3, arbitrary: fc.constant(GREETING) }, anyBytes),
  cuts: fc.array(fc.nat(60), { maxLength: 4 }),
})
export const visits = fc.array(visit, { minLength: 1, maxLength: MAX_VISITS, size: 'max' })

/** Lets visitors come to a pool of their own, beside a miner, and returns a sentence for each law that was broken. */
export async function playVisits(story: readonly Visit[]): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headframe-fuzz-'))
  try {
    return await playIn(dataDir, story)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function playIn(dataDir: string, story: readonly Visit[]): Promise<string[]> {
  const log = new PoolLog()
  const pool = await openPool(PORT, { dataDir, limits: LIMITS, log: log.log })
  const broken: string[] = []
  const fault = (error: unknown): void => void broken.push(`nobody has caught ${String(error)}`)
  process.on('unhandledRejection', fault).on('uncaughtExceptionMonitor', fault)
  const connections: WireConnection[] = []
  try {
    const job = jobOn(1)
    pool.sendJob(job)
    const witness = await Witness.connect(pool.port, WITNESS)
    connections.push(witness.connection)
    for (const one of story) {
      witness.submit()
      broken.push(...(await receive(pool, log, one, connections)))
    }
    if (!(await witness.settle(job.jobId))) broken.push('the witness is not served to the end')
    broken.push(...witness.losses())
    witness.connection.end('half')
    await until(() => pool.guard.connectionCount === 0 && pool.extranonce1.held.size === 0)
    if (pool.guard.connectionCount > 0) broken.push(`left behind: ${pool.guard.connectionCount} connections`)
    if (pool.extranonce1.held.size > 0) broken.push(`left behind: ${pool.extranonce1.held.size} extranonce1`)
  } finally {
    process.off('unhandledRejection', fault).off('uncaughtExceptionMonitor', fault)
    await pool.close()
  }
  const credited = await readCredited(dataDir, pool.writer.writerId)
  return [...broken, ...log.errors, ...brokenShareLaws(connections, credited, new Map())]
}

async function receive(
  pool: OpenPool,
  log: PoolLog,
  { preface, says, cuts }: Visit,
  connections: WireConnection[],
): Promise<string[]> {
  const bytes = Buffer.concat([preface, says])
  const expected = expectProxy(bytes)
  const isServed = typeof expected === 'object'
  const address = (isServed ? expected.address : undefined) ?? SOCKET_ADDRESS
  const headerBytes = isServed ? expected.headerBytes : bytes.length
  const connection = await WireConnection.connect(pool.port, address)
  const before = log.reasonsOf(address).length
  for (const [from, to] of packetsOf(bytes.length, [...cuts, headerBytes])) {
    if (from < headerBytes) connection.writePreface(bytes.subarray(from, to))
    else connection.write(bytes.subarray(from, to))
    await nextTurn()
  }
  if (!isServed) return turnedAway(connection, expected)
  connections.push(connection)
  const isAnswered = await connection.allAnswered()
  connection.end('half')
  await connection.closed()
  await until(() => log.reasonsOf(address).length > before)
  const reason = log.reasonsOf(address)[before]
  return [
    ...(isAnswered ? [] : ['the pool says nothing']),
    ...(reason === undefined ? [`the pool knows nobody of ${address}`] : []),
    ...brokenConnectionLaws(
      { connection, reason },
      { events: 0, hasTimePassed: false, hasDiskFailed: false },
    ),
  ]
}

/** Whoever has no header is closed, and who has not sent all of it hears nothing until he goes. */
async function turnedAway(
  connection: WireConnection,
  expected: 'malformed' | 'incomplete',
): Promise<string[]> {
  if (expected === 'incomplete') connection.end('half')
  const isClosed = await connection.closed()
  const isSilent = connection.messages.length === 0 && connection.nonsense.length === 0
  return [
    ...(isClosed ? [] : [`a header that is ${expected} does not end in a close`]),
    ...(isSilent ? [] : [`a header that is ${expected} is answered`]),
  ]
}

/** No packet reaches over a cut. */
function packetsOf(length: number, cuts: readonly number[]): readonly (readonly [number, number])[] {
  const ends = [...new Set([...cuts, length])].filter((at) => at > 0 && at <= length).sort((a, b) => a - b)
  return ends.map((end, index) => [ends[index - 1] ?? 0, end])
}

async function until(isTrue: () => boolean): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS
  while (!isTrue() && performance.now() < endsAt) await sleep(1)
}
