import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { freePort } from '@headframe/local/free-port'
import { createTestDatabase, testBitcoinRpc, testServices } from '@headframe/local/testing/services'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LineClient } from '../stratum/line-client.js'

const PROCESSES = 2
const RECONNECTS = 8

let directory: string
let database: Awaited<ReturnType<typeof createTestDatabase>>
let environment: Record<string, string>
let port: number
let serve: ChildProcess | undefined

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-resume-'))
  database = await createTestDatabase()
  const db = openDatabase({ url: database.url })
  await migrate(db.pool)
  await db.close()
  port = await freePort()
  const { bitcoindUrl, redisUrl } = testServices()
  environment = {
    PATH: '/usr/bin:/bin',
    DATA_DIR: join(directory, 'data'),
    BITCOIND_URLS: bitcoindUrl,
    DATABASE_URL: database.url,
    REDIS_URL: redisUrl,
    POOL_ADDRESS: await testBitcoinRpc()<string>('getnewaddress', []),
    STRATUM_HOST: '127.0.0.1',
    STRATUM_PORTS: `${port} difficulty=1000 min=1`,
    STRATUM_PROCESSES: String(PROCESSES),
  }
})
afterAll(async () => {
  await kill()
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

/** Until every stratum process listens. */
async function start(): Promise<void> {
  const hooks = new URL('../journal/run-typescript.mjs', import.meta.url)
  hooks.searchParams.set('cache', directory)
  const program = fileURLToPath(new URL('../../src/serve.ts', import.meta.url))
  const args = ['--conditions=@headframe/source', `--import=${hooks.href}`, program]
  // In a group of its own, which can be killed as a whole.
  serve = spawn(process.execPath, args, {
    env: environment,
    // Its shipper is no TypeScript program and says so again and again: it has no part in this.
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  let output = ''
  serve.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text))
  const isListening = (): boolean => output.split('"msg":"listening"').length > PROCESSES
  while (!isListening()) {
    if (serve.exitCode !== null) throw new Error(`serve has ended: ${output}`)
    await sleep(10)
  }
}

async function kill(): Promise<void> {
  if (serve === undefined) return
  const exited = once(serve, 'exit')
  process.kill(-serve.pid!, 'SIGKILL')
  await exited
  serve = undefined
}

interface Answer {
  readonly sessionId: string
  readonly extranonce1: string
  readonly difficulty: unknown
}

async function visit(sessionId?: string, difficulty?: number): Promise<Answer> {
  const client = await LineClient.connect(port)
  if (difficulty !== undefined) await client.call(9, 'mining.suggest_difficulty', [difficulty])
  const params = sessionId === undefined ? ['test/1'] : ['test/1', sessionId]
  const { result } = await client.call(1, 'mining.subscribe', params)
  await client.call(2, 'mining.authorize', [environment['POOL_ADDRESS']])
  const [difficultyNow] = await client.push('mining.set_difficulty')
  await client.push('mining.notify')
  client.socket.destroy()
  const [[[, given]], extranonce1] = result as [[[string, string]], string]
  return { sessionId: given, extranonce1, difficulty: difficultyNow }
}

it('a miner gets his session back from whatever process he meets, and from a restarted engine', async () => {
  await start()
  const first = await visit(undefined, 64)
  expect(first.difficulty).toBe(64)
  for (let count = 0; count < RECONNECTS; count++) expect(await visit(first.sessionId)).toEqual(first)
  const other = await visit()
  expect(other.extranonce1).not.toBe(first.extranonce1)
  await kill()
  await start()
  for (let count = 0; count < RECONNECTS; count++) expect(await visit(first.sessionId)).toEqual(first)
  expect([first.extranonce1, other.extranonce1]).not.toContain((await visit()).extranonce1)
}, 60_000)
