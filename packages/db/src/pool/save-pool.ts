import type { Database } from '../database.js'
import { claimNetwork } from '../journal/claim-network.js'
import { inTransaction } from '../transaction.js'
import type { PoolSettings } from './read-pool.js'

/** What stands in the database was made up by `npm run seed`: no pool may go on with it. */
export class SyntheticPool extends Error {
  override readonly name = 'SyntheticPool'
}

/**
 * Writes what is in force, and remembers the script that coinbases pay from now on.
 * Throws WrongNetwork when the database is another network's, and SyntheticPool when it is nobody's.
 */
export async function savePool(
  db: Pick<Database, 'pool'>,
  settings: PoolSettings,
  poolScript: Uint8Array,
  nowMs: number,
): Promise<void> {
  const { network, poolAddress, poolTag, feeBasisPoints, finderBonusBasisPoints, pplnsWindow, stratumPorts } =
    settings
  const { payouts, fpps } = settings
  await inTransaction(db.pool, async (client) => {
    await claimNetwork(client, network)
    const { rowCount } = await client.query(
      `INSERT INTO pool (id, network, pool_address, pool_tag, fee_basis_points, pplns_window, stratum_ports, updated_at,
         finder_bonus_basis_points, payout_every_minutes, payout_threshold_sats, payout_minimum_sats,
         payout_max_age_days, payout_confirmations, fpps_fee_basis_points, fpps_reserve_sats,
         payout_approval_above_sats)
       VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT (id) DO UPDATE SET network = excluded.network, pool_address = excluded.pool_address,
         pool_tag = excluded.pool_tag, fee_basis_points = excluded.fee_basis_points,
         pplns_window = excluded.pplns_window, stratum_ports = excluded.stratum_ports, updated_at = excluded.updated_at,
         finder_bonus_basis_points = excluded.finder_bonus_basis_points,
         payout_every_minutes = excluded.payout_every_minutes, payout_threshold_sats = excluded.payout_threshold_sats,
         payout_minimum_sats = excluded.payout_minimum_sats, payout_max_age_days = excluded.payout_max_age_days,
         payout_confirmations = excluded.payout_confirmations,
         payout_approval_above_sats = excluded.payout_approval_above_sats,
         fpps_fee_basis_points = excluded.fpps_fee_basis_points, fpps_reserve_sats = excluded.fpps_reserve_sats
       WHERE NOT pool.is_synthetic`,
      [
        network,
        poolAddress,
        poolTag,
        feeBasisPoints,
        pplnsWindow,
        JSON.stringify(stratumPorts),
        new Date(nowMs),
        finderBonusBasisPoints,
        payouts?.everyMinutes,
        payouts?.thresholdSats,
        payouts?.minimumSats,
        payouts?.maxAgeDays,
        payouts?.confirmations,
        fpps?.feeBasisPoints,
        fpps?.reserveSats,
        payouts?.approvalAboveSats,
      ],
    )
    if (rowCount === 0) {
      throw new SyntheticPool(
        'this database is made up (npm run seed): DATABASE_URL has to name one of your own',
      )
    }
    await client.query(
      'INSERT INTO pool_script (script, address, first_used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [poolScript, poolAddress, new Date(nowMs)],
    )
  })
}
