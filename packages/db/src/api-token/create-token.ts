import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { ownerColumns, type TokenOwner } from './token-owner.js'

export interface NewToken {
  readonly tokenHash: Uint8Array
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** Tokens of one owner, those that have expired included: he takes them away himself. */
export const MAX_TOKENS = 20

/** First of the two numbers of an advisory lock; the second is the owner. */
const LOCK_CLASSES = { miner: 0x746f6b31, operator: 0x746f6b32 } as const

/** The number of the token; undefined when its owner has as many as he may have. */
export function createToken(
  { pool }: Pick<Database, 'pool'>,
  owner: TokenOwner,
  token: NewToken,
): Promise<number | undefined> {
  const [minerId, operatorId] = ownerColumns(owner)
  return inTransaction(pool, async (client) => {
    // One after the other, or two at once would both see room for the last one.
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [
      LOCK_CLASSES[owner.kind],
      minerId ?? operatorId,
    ])
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO api_token (token_hash, prefix, name, scopes, miner_id, operator_id, created_at, expires_at)
       SELECT $1, $2, $3, $4, $5::int, $6::int, $7, $8
       WHERE (SELECT count(*) FROM api_token WHERE miner_id = $5 OR operator_id = $6) < $9
       RETURNING id`,
      [
        token.tokenHash,
        token.prefix,
        token.name,
        token.scopes,
        minerId,
        operatorId,
        new Date(token.createdAtMs),
        new Date(token.expiresAtMs),
        MAX_TOKENS,
      ],
    )
    return rows[0]?.id
  })
}
