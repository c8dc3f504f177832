import type { Queryable } from '../transaction.js'

/** Every output script that a coinbase of this pool may have paid. */
export async function listPoolScripts(db: Queryable): Promise<Uint8Array[]> {
  const { rows } = await db.query<{ script: Uint8Array }>(
    'SELECT script FROM pool_script ORDER BY first_used_at',
  )
  return rows.map(({ script }) => script)
}
