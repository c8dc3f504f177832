import type pg from 'pg'
import { inTransaction } from '../transaction.js'

/** Runs `work` on a database as it is at one moment, whatever goes on meanwhile. It cannot write. */
export function readSnapshot<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`)
    await client.query(`SET LOCAL TIME ZONE 'UTC'`)
    return work(client)
  })
}
