import type { Queryable } from '../transaction.js'
import { ownerColumns, type TokenOwner } from './token-owner.js'

/** From now on it opens nothing. False when its owner has no such token. */
export async function revokeToken(db: Queryable, owner: TokenOwner, id: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'DELETE FROM api_token WHERE id = $3 AND (miner_id = $1 OR operator_id = $2)',
    [...ownerColumns(owner), id],
  )
  return rowCount === 1
}
