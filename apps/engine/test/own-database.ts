import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase } from '@headframe/local/testing/services'
import { afterAll, beforeAll } from 'vitest'

export interface OwnDatabase {
  readonly url: string
  readonly db: Database
}

/** A migrated database of the calling file's own; the function's result once tests run. */
export function ownDatabase(): () => OwnDatabase {
  let created: Awaited<ReturnType<typeof createTestDatabase>>
  let own: OwnDatabase
  beforeAll(async () => {
    created = await createTestDatabase()
    own = { url: created.url, db: openDatabase({ url: created.url }) }
    await migrate(own.db.pool)
  })
  afterAll(async () => {
    await own.db.close()
    await created.drop()
  })
  return () => own
}
