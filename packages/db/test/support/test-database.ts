import { createTestDatabase } from '@headframe/local/testing/services'
import { openDatabase, type Database } from '../../src/database.js'
import { migrate } from '../../src/migrate.js'

export interface TestDatabase {
  readonly db: Database
  readonly url: string
  readonly name: string
  /** Closes the connections and drops the database. */
  readonly drop: () => Promise<void>
}

/** A migrated database of one's own, or a copy of `template`, to which nobody may be connected. */
export async function openTestDatabase(template?: string): Promise<TestDatabase> {
  const created = await createTestDatabase(template)
  const db = openDatabase({ url: created.url, maxConnections: 8 })
  if (template === undefined) await migrate(db.pool)
  return {
    db,
    url: created.url,
    name: created.name,
    async drop() {
      await db.close()
      await created.drop()
    },
  }
}

/** A migrated database that is only copied. Property tests take a fresh copy a run: a ledger cannot be emptied. */
export async function createTemplate(): Promise<{ readonly name: string; drop(): Promise<void> }> {
  const created = await createTestDatabase()
  const db = openDatabase({ url: created.url })
  await migrate(db.pool)
  await db.close()
  return created
}

export async function withCopy<T>(template: string, use: (db: Database) => Promise<T>): Promise<T> {
  const copy = await openTestDatabase(template)
  try {
    return await use(copy.db)
  } finally {
    await copy.drop()
  }
}

/** All rows of a query as text, in the order given. */
export async function textRows(db: Database, sql: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ row: string }>(`SELECT q::text AS row FROM (${sql}) q`)
  return rows.map(({ row }) => row)
}
