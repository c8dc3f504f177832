import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase } from '@headframe/local/testing/services'
import { onTestFinished } from 'vitest'

/** A migrated database to replay into, gone when the test has ended. */
export async function openEmpty(): Promise<Database> {
  const created = await createTestDatabase()
  const db = openDatabase({ url: created.url })
  onTestFinished(async () => {
    await db.close()
    await created.drop()
  })
  await migrate(db.pool)
  return db
}
