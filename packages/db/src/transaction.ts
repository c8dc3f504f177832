import type pg from 'pg'

/** What runs SQL: the pool, or one connection inside a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>

/**
 * Runs `work` in one transaction and commits, or rolls back and rethrows. READ COMMITTED: what must not move under
 * `work` has to be locked by it.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that cannot roll back is thrown away, and its transaction with it.
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
