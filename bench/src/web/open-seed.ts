import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openDatabase } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { startPostgres, type Postgres } from '@headframe/local/postgres'
import { seedDatabase } from '../seed/seed-database.js'
import type { SeedSize } from '../seed/seed-size.js'

/** A Postgres with a made-up record. */
export interface Seed {
  readonly postgres: Postgres
  /** For whom the record shall be as new as on the day it was made: to his sessions it is that time. */
  readonly url: string
  /** How old the record is. */
  readonly ageMs: number
}

/** As docs/operations.md has it for a pool of this size. */
const SETTINGS = ['shared_buffers=2GB', 'io_method=sync']

/** Written last: what has none was begun and not ended. */
const MARK = 'seeded.json'

const CLOCK_SCHEMA = 'slow_clock'

/** SQL of a `now()` that stands in front of Postgres's own for sessions that look into its schema first. */
function slowClock(slowMs: number): string {
  return `CREATE SCHEMA IF NOT EXISTS ${CLOCK_SCHEMA};
    CREATE OR REPLACE FUNCTION ${CLOCK_SCHEMA}.now() RETURNS timestamptz STABLE LANGUAGE sql
      AS 'SELECT pg_catalog.now() - interval ''${Math.round(slowMs)} milliseconds'''`
}

function slowUrl(url: string): string {
  const slow = new URL(url)
  slow.searchParams.set('options', `-c search_path=${CLOCK_SCHEMA},public,pg_catalog`)
  return slow.href
}

/** The record of this size in the folder, or a new one; it has all migrations that there are. */
export async function openSeed(size: SeedSize, seedsFolder: string): Promise<Seed> {
  const { miners, workers, days, seed } = size
  const directory = join(resolve(seedsFolder), `pool-${miners}-${workers}-${days}-${seed}`)
  const mark = join(directory, MARK)
  const isThere = existsSync(mark)
  if (!isThere) await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  // Postgres runs as another user when this is root.
  await chmod(directory, 0o711)
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), settings: SETTINGS })
  try {
    const { endsAtMs } = isThere
      ? (JSON.parse(await readFile(mark, 'utf8')) as { endsAtMs: number })
      : { endsAtMs: Date.now() }
    const db = openDatabase({ url: postgres.url })
    try {
      await migrate(db.pool)
      if (!isThere) await seedDatabase(db, size, endsAtMs, (name) => console.error(`    seed: ${name} ...`))
      await db.pool.query(slowClock(Date.now() - endsAtMs))
    } finally {
      await db.close()
    }
    await writeFile(mark, JSON.stringify({ endsAtMs }))
    return { postgres, url: slowUrl(postgres.url), ageMs: Date.now() - endsAtMs }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
