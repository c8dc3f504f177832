import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { recordEvent } from './lock-batch.js'

/** A person says what transactions of the wallet were that are no payouts. Said before, it stays as it was said. */
export function declareSends(
  { pool }: Pick<Database, 'pool'>,
  txids: readonly string[],
  reason: string,
  { author, atMs }: { readonly author: string; readonly atMs: number },
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ txid: string }>(
      `INSERT INTO declared_send (txid, author, reason, declared_at) SELECT txid, $2, $3, $4 FROM unnest($1::text[]) AS said (txid)
       ON CONFLICT DO NOTHING RETURNING txid`,
      [txids, author, reason, new Date(atMs)],
    )
    for (const { txid } of rows)
      await recordEvent(client, {
        batchId: undefined,
        atMs,
        what: 'declared',
        detail: `${txid}: ${reason}`,
        author,
      })
  })
}
