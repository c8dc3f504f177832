import type { Queryable } from '../transaction.js'
import { ownerColumns, type TokenOwner } from './token-owner.js'

export interface ListedToken {
  readonly id: number
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly lastUsedAtMs: number | undefined
}

/** Those of an owner, the newest first. */
export async function listTokens(db: Queryable, owner: TokenOwner): Promise<ListedToken[]> {
  const { rows } = await db.query<{
    id: number
    prefix: string
    name: string
    scopes: string[]
    created_at: Date
    expires_at: Date
    last_used_at: Date | null
  }>(
    `SELECT id, prefix, name, scopes, created_at, expires_at, last_used_at FROM api_token
     WHERE miner_id = $1 OR operator_id = $2 ORDER BY id DESC`,
    [...ownerColumns(owner)],
  )
  return rows.map((row) => ({
    id: row.id,
    prefix: row.prefix,
    name: row.name,
    scopes: row.scopes,
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    lastUsedAtMs: row.last_used_at?.getTime(),
  }))
}
