import type { Queryable } from '../transaction.js'

/** What happened outside of the journal and the books, and cannot be worked out again. In an order that keys allow. */
const FACTS = ['pool', 'pool_script', 'chain_tip', 'payout_batch', 'payout_version', 'payout_event'] as const

/** Copies the settings in force, the scripts of the pool and its payouts, row by row. Miners are looked up by address. */
export async function copyFacts(from: Queryable, to: Queryable): Promise<void> {
  for (const table of FACTS) {
    const { rows } = await from.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table} t`)
    await to.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
      JSON.stringify(rows.map(({ row }) => row)),
    ])
  }
  const { rows } = await from.query<{ row: unknown }>(
    `SELECT to_jsonb(i) || jsonb_build_object('address', m.address) AS row FROM payout_item i JOIN miner m ON m.id = i.miner_id`,
  )
  await to.query(
    `INSERT INTO payout_item
     SELECT item.* FROM jsonb_array_elements($1) AS part (row) JOIN miner m ON m.address = part.row ->> 'address'
     CROSS JOIN LATERAL jsonb_populate_record(NULL::payout_item, part.row || jsonb_build_object('miner_id', m.id)) item`,
    [JSON.stringify(rows.map(({ row }) => row))],
  )
}
