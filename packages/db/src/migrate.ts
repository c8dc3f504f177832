import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

/** The advisory lock Prisma Migrate takes, so that the two never run at once. */
const MIGRATION_LOCK = 72707369
const MIGRATIONS_FOLDER = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

/** The table of Prisma Migrate, so that its own commands see a database in step. */
const CREATE_RECORDS = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** The database was migrated with something else than the files of this version. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Applies the migrations that the database has not seen, each in a transaction, and returns their names. Processes
 * that start together wait for each other. Throws MigrationError when an applied migration differs from its file,
 * or when the database is ahead of these files.
 */
export async function migrate(pool: pg.Pool, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await readApplied(client)
    const pending = pendingOf(migrations, applied)
    for (const migration of pending) await apply(client, migration)
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK])
    client.release()
    return pending.map(({ name }) => name)
  } catch (error) {
    // Ends the session, and its lock with it.
    client.release(true)
    throw error
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Name -> checksum of what the database has. */
async function readApplied(client: pg.PoolClient): Promise<Map<string, string>> {
  await client.query(CREATE_RECORDS)
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const failed = rows.find((row) => !row.finished)
  if (failed) throw new MigrationError(`migration ${failed.migration_name} was begun and not finished`)
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Set(migrations.map(({ name }) => name))
  for (const name of applied.keys()) {
    if (!known.has(name)) {
      throw new MigrationError(
        `the database has migration ${name}, which this version does not know: it is newer`,
      )
    }
  }
  for (const { name, checksum } of migrations) {
    if (applied.has(name) && applied.get(name) !== checksum) {
      throw new MigrationError(`migration ${name} was changed after it was applied to the database`)
    }
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

/** The migration and its record are one transaction: there is no half-applied state to mend. */
async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  await client.query(sql)
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
  await client.query('COMMIT')
}
