import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase, type Database } from '@headframe/db/database'
import { startChild, type Child } from '@headframe/local/child'
import { freePort } from '@headframe/local/free-port'
import { startRedis, type Redis } from '@headframe/local/redis'
import { waitUntil } from '@headframe/local/wait-until'
import type { BenchmarkOptions } from '../benchmark.js'
import type { SeedSize } from '../seed/seed-size.js'
import { packagesDirectory } from '../serve-pool.js'
import { openSeed } from './open-seed.js'

/** The dashboard as in production, beside a real Redis and a real Postgres with a made-up record. */
export interface WebPool {
  readonly url: string
  readonly pid: number
  readonly db: Database
  readonly redis: Redis
}

const READY_TIMEOUT_MS = 60_000
const SLOW_CLOCK = new URL('./slow-clock.js', import.meta.url).href
const PROGRAM = fileURLToPath(new URL('../../../apps/web/scripts/web.mjs', import.meta.url))
/** One address asks for everybody: calls are counted as always, and nobody is refused. */
const LIMIT_FACTOR = '1000'

/** The dashboard has to be built. */
export async function withWebPool<T>(
  size: SeedSize,
  { seedsFolder }: Pick<BenchmarkOptions, 'seedsFolder'>,
  run: (pool: WebPool) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-web-'))
  // Postgres runs as another user when this is root.
  await chmod(directory, 0o711)
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })]
  const started = <S extends { stop(): Promise<unknown> }>(service: S): S => {
    closers.unshift(() => service.stop())
    return service
  }
  try {
    const seed = await openSeed(size, seedsFolder ?? directory)
    const postgres = started(seed.postgres)
    const redis = started(await startRedis({ directory: join(directory, 'redis'), packagesDirectory }))
    const db = openDatabase({ url: postgres.url })
    closers.unshift(() => db.close())
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const web = started(
      await startWeb(directory, seed.ageMs, {
        DATABASE_URL: seed.url,
        REDIS_URL: redis.url,
        WEB_PORT: String(port),
      }),
    )
    const isReady = async (): Promise<boolean> => (await fetch(`${url}/healthz`)).ok
    await waitUntil(isReady, { what: 'the dashboard', timeoutMs: READY_TIMEOUT_MS, child: web })
    return await run({ url, pid: web.pid, db, redis })
  } finally {
    for (const close of closers) await close()
  }
}

/** Its clock is as slow as the record is old. */
function startWeb(directory: string, slowMs: number, environment: NodeJS.ProcessEnv): Promise<Child> {
  return startChild({
    name: 'the dashboard',
    command: process.execPath,
    args: ['--import', `${SLOW_CLOCK}?ms=${slowMs}`, PROGRAM],
    cwd: directory,
    logFile: join(directory, 'web.log'),
    env: {
      PATH: '/usr/bin:/bin',
      WEB_RATE_LIMIT_FACTOR: LIMIT_FACTOR,
      CONSOLE_KEY_FILE: join(directory, 'console.key'),
      ...environment,
    },
  })
}
