import type pg from 'pg'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'

/** Key of the advisory lock that the leader's connection holds: the letters HFPAYOUT. */
const LEADER_LOCK = '5208193870204654932'

/** Another leads the payouts by now: whatever this one was about to write is not written. */
export class LostLead extends Error {
  override readonly name = 'LostLead'
}

/** The right to write about payouts, of one leader. */
export interface Lead {
  readonly pool: pg.Pool
  readonly token: bigint
}

/**
 * Runs `work` as the one leader of all processes, or not at all. Two things make sure of it: a lock that ends with its
 * connection, and a token that grows with every leader and that each write has to carry (`asLeader`). The lock alone
 * would not do: one who lost his connection does not know it before he writes.
 */
export async function leadPayouts<T>(
  { pool }: Pick<Database, 'pool'>,
  work: (lead: Lead) => Promise<T>,
): Promise<T | 'led-by-another'> {
  const client = await pool.connect()
  let isBroken = false
  // A connection that breaks while it only holds the lock; the writes will be told.
  const onError = (): void => void (isBroken = true)
  client.on('error', onError)
  try {
    const { rows } = await client.query<{ is_leader: boolean }>(
      'SELECT pg_try_advisory_lock($1::bigint) AS is_leader',
      [LEADER_LOCK],
    )
    if (!rows[0]!.is_leader) return 'led-by-another'
    try {
      return await work({ pool, token: await takeToken(client) })
    } finally {
      // A connection that cannot even do that is thrown away, and the lock with it.
      await client
        .query('SELECT pg_advisory_unlock($1::bigint)', [LEADER_LOCK])
        .catch(() => (isBroken = true))
    }
  } finally {
    client.removeListener('error', onError)
    client.release(isBroken)
  }
}

/**
 * A transaction of the leader's. It is on the disk when this returns, whatever the server is set to: the next thing
 * that happens may be a broadcast. Throws LostLead when another leads.
 */
export function asLeader<T>({ pool, token }: Lead, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('SET LOCAL synchronous_commit = on')
    const { rows } = await client.query<{ leader_token: string }>(
      'SELECT leader_token FROM payout_control WHERE id = 1 FOR SHARE',
    )
    const now = BigInt(rows[0]!.leader_token)
    if (now !== token) throw new LostLead(`payouts are led by ${now}, this is ${token}`)
    return work(client)
  })
}

async function takeToken(client: pg.PoolClient): Promise<bigint> {
  const { rows } = await client.query<{ leader_token: string }>(
    'UPDATE payout_control SET leader_token = leader_token + 1 WHERE id = 1 RETURNING leader_token',
  )
  return BigInt(rows[0]!.leader_token)
}
