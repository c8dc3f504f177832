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
  readonly endsAtMs: number
}

/** Written last: what has none was begun and not ended. */
const MARK = 'seeded.json'

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
  const postgres = await startPostgres({ directory: join(directory, 'postgres') })
  try {
    const { endsAtMs } = isThere
      ? (JSON.parse(await readFile(mark, 'utf8')) as { endsAtMs: number })
      : { endsAtMs: Date.now() }
    const db = openDatabase({ url: postgres.url })
    try {
      await migrate(db.pool)
      if (!isThere) await seedDatabase(db, size, endsAtMs, (name) => console.error(`    seed: ${name} ...`))
    } finally {
      await db.close()
    }
    await writeFile(mark, JSON.stringify({ endsAtMs }))
    return { postgres, endsAtMs }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
