import type { Queryable } from '../transaction.js'

export interface FoundToken {
  readonly id: number
  readonly scopes: readonly string[]
  readonly owner:
    | { readonly kind: 'miner'; readonly minerId: number; readonly address: string }
    | { readonly kind: 'operator'; readonly operatorId: number }
  readonly lastUsedAtMs: number | undefined
}

/** The token with this hash, unless its time is over. */
export async function findToken(
  db: Queryable,
  tokenHash: Uint8Array,
  nowMs: number,
): Promise<FoundToken | undefined> {
  const { rows } = await db.query<{
    id: number
    scopes: string[]
    miner_id: number | null
    address: string | null
    operator_id: number | null
    last_used_at: Date | null
  }>(
    `SELECT token.id, token.scopes, token.miner_id, miner.address, token.operator_id, token.last_used_at
     FROM api_token AS token LEFT JOIN miner ON miner.id = token.miner_id
     WHERE token.token_hash = $1 AND token.expires_at > $2`,
    [tokenHash, new Date(nowMs)],
  )
  const row = rows[0]
  return (
    row && {
      id: row.id,
      scopes: row.scopes,
      owner:
        row.miner_id === null
          ? { kind: 'operator', operatorId: row.operator_id! }
          : { kind: 'miner', minerId: row.miner_id, address: row.address! },
      lastUsedAtMs: row.last_used_at?.getTime(),
    }
  )
}
