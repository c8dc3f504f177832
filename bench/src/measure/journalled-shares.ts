import { openDatabase } from '@headframe/db/database'
import { waitUntil } from '@headframe/local/wait-until'

const SHIPPED_TIMEOUT_MS = 60_000

/** Waits until the journal has brought exactly so many shares to the database. Throws when it does not. */
export async function awaitJournalled(databaseUrl: string, shares: number): Promise<void> {
  const database = openDatabase({ url: databaseUrl })
  let found = 0
  try {
    const isThere = async (): Promise<boolean> => {
      const query = 'SELECT coalesce(sum(share_count), 0)::int AS count FROM segment'
      const { rows } = await database.pool.query<{ count: number }>(query)
      found = rows[0]!.count
      return found >= shares
    }
    await waitUntil(isThere, { what: `the journal (${shares} shares)`, timeoutMs: SHIPPED_TIMEOUT_MS })
  } finally {
    await database.close()
  }
  if (found !== shares) throw new Error(`the journal has ${found} shares, and ${shares} were accepted`)
}
