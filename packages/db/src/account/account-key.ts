import type { Queryable } from '../transaction.js'

/** What challenges are sealed with; `fresh` becomes it when there is none yet. */
export async function readAccountKey(db: Queryable, fresh: Uint8Array): Promise<Uint8Array> {
  const read = async (): Promise<Uint8Array | undefined> => {
    const { rows } = await db.query<{ seal: Buffer }>('SELECT seal FROM account_key WHERE id = 1')
    return rows[0]?.seal
  }
  const known = await read()
  if (known !== undefined) return known
  await db.query('INSERT INTO account_key (id, seal) VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [
    Buffer.from(fresh),
  ])
  return (await read())!
}
