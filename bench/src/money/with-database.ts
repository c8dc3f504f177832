import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { startPostgres } from '@headframe/local/postgres'

export interface BenchDatabase {
  readonly url: string
  readonly db: Database
  /** A folder of the benchmark's own, removed with the database. */
  readonly directory: string
}

/** Runs something against a migrated Postgres of its own, as safe on the disk as in production. */
export async function withDatabase<T>(run: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-money-'))
  // Postgres runs as another user when this is root.
  await chmod(directory, 0o711)
  const postgres = await startPostgres({ directory: join(directory, 'postgres') })
  const db = openDatabase({ url: postgres.url })
  try {
    await migrate(db.pool)
    return await run({ url: postgres.url, db, directory })
  } finally {
    await db.close()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
