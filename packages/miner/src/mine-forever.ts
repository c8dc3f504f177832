import { displayHash } from '@headframe/core/chain/header'
import { backoffMs } from './backoff.js'
import { ConnectionError, PoolError } from './client-error.js'
import type { Hasher } from './hasher.js'
import { Miner, type MinedShare } from './miner.js'
import type { MineOptions } from './options.js'
import { StratumClient } from './stratum-client.js'
import { Tally } from './tally.js'

const STATUS_EVERY_MS = 10_000
/** A pool that says nothing for so long is gone, whatever its socket says. */
const SILENCE_MS = 180_000

export interface MineModules {
  readonly hashers: readonly Hasher[]
  /** One line for the person who watches. */
  readonly print: (text: string) => void
  readonly nowMs: () => number
  readonly random: () => number
  /** Resolves early when `signal` is aborted. */
  readonly sleep: (ms: number) => Promise<void>
  /** Aborted when mining shall end. */
  readonly signal: AbortSignal
}

/** Mines until the signal is aborted: connects, and connects again whenever the connection is lost. */
export async function mineForever(options: MineOptions, modules: MineModules): Promise<void> {
  const { print, nowMs, random, sleep, signal } = modules
  const tally = new Tally(nowMs())
  const isOver = () => signal.aborted
  let failures = 0
  while (!isOver()) {
    const { reason, hadJob } = await mineOnce(options, modules, tally)
    if (isOver()) return
    failures = hadJob ? 1 : failures + 1
    const delayMs = backoffMs(failures, random)
    print(`${reason}; next attempt in ${(delayMs / 1000).toFixed(1)} s`)
    await sleep(delayMs)
  }
}

/** One connection, from its beginning to its end; tells why it ended. */
async function mineOnce(
  options: MineOptions,
  modules: MineModules,
  tally: Tally,
): Promise<{ reason: string; hadJob: boolean }> {
  const { endpoint, username, password, maxHashrate } = options
  const { hashers, print, nowMs, sleep, signal } = modules
  let client: StratumClient | undefined
  let heardAtMs = nowMs()
  const stop = () => void client?.close()
  try {
    client = await StratumClient.connect({ ...endpoint, onLine: () => (heardAtMs = nowMs()) })
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    print(`connected to ${endpoint.host}:${endpoint.port}`)
    const closed = watch(client, print)
    await client.subscribe()
    await client.authorize(username, password)
    const onShare = (share: MinedShare) => noteShare(share, tally, print)
    const onHashes = (count: number) => tally.addHashes(count)
    const miner = new Miner({ maxHashrate }, { client, hashers, nowMs, sleep, onHashes, onShare })
    const { pool } = client
    const status = setInterval(() => {
      print(tally.status(nowMs(), pool.difficulty))
      if (nowMs() - heardAtMs > SILENCE_MS) void client?.abort()
    }, STATUS_EVERY_MS)
    await miner.run().finally(() => clearInterval(status))
    return { reason: `disconnected: ${await closed}`, hadJob: true }
  } catch (error) {
    return { reason: reasonOf(error), hadJob: client?.pool.job !== undefined }
  } finally {
    signal.removeEventListener('abort', stop)
    await client?.close()
  }
}

/** Prints what the pool says by itself; resolves with the reason when the connection closes. */
function watch(client: StratumClient, print: (text: string) => void): Promise<string> {
  client.on('change', (change) => {
    if (change.kind === 'difficulty') print(`difficulty ${change.difficulty}`)
    if (change.kind === 'job' && change.job.cleanJobs) print(`new block to build on, job ${change.job.jobId}`)
  })
  client.on('authorized', (username) => print(`authorized as ${username}`))
  client.on('message', (text) => print(`the pool says: ${text}`))
  client.on('fault', (what) => print(`the pool sent ${what}`))
  return new Promise((resolve) => client.once('close', resolve))
}

function noteShare(
  { job, hash, isBlock, answer }: MinedShare,
  tally: Tally,
  print: (text: string) => void,
): void {
  if (answer.isAccepted) tally.accepted++
  else tally.rejected++
  const what = isBlock ? `block ${displayHash(hash)}` : `share of difficulty ${job.difficulty}`
  if (isBlock && answer.isAccepted) tally.blocks++
  print(answer.isAccepted ? `${what} accepted` : `${what} rejected: ${answer.text} (${answer.code})`)
}

function reasonOf(error: unknown): string {
  if (error instanceof PoolError) return `refused by the pool: ${error.message} (${error.code})`
  if (error instanceof ConnectionError) return error.message
  throw error
}
