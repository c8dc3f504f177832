import type pg from 'pg'

/** There is something in the database that nobody has made up, or it may not be written to at all. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused'
}

/** Throws SeedRefused unless the database has nothing that a pool has written, and belongs to no pool of mainnet. */
export async function refuseReal(pool: pg.Pool): Promise<void> {
  const { rows: networks } = await pool.query<{ network: string | null }>(
    'SELECT network FROM pool UNION SELECT network FROM journal_head',
  )
  if (networks.some(({ network }) => network === 'mainnet'))
    throw new SeedRefused('This database belongs to a pool of mainnet: nothing is made up there.')
  for (const table of [
    'pool WHERE NOT is_synthetic',
    'segment',
    'miner',
    'block',
    'ledger_transaction',
    'payout_batch',
  ]) {
    const { rows } = await pool.query<{ found: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS found`)
    if (rows[0]!.found)
      throw new SeedRefused(
        `This database is in use: ${table.split(' ')[0]} has rows. Make an empty one (createdb) and name that.`,
      )
  }
}
