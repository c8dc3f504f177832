import type { Network } from '@headframe/core/chain/network'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { Queryable } from '../transaction.js'

export interface PoolSettings {
  readonly network: Network
  readonly poolAddress: string
  readonly poolTag: string
  readonly feeBasisPoints: number
  /** Of what a PPLNS block leaves to miners. */
  readonly finderBonusBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  readonly stratumPorts: readonly StratumPort[]
}

interface PoolRow {
  readonly network: Network
  readonly pool_address: string
  readonly pool_tag: string
  readonly fee_basis_points: number
  readonly finder_bonus_basis_points: number
  readonly pplns_window: number
  readonly stratum_ports: StratumPort[]
}

/** What is in force; undefined before `settle` has started for the first time. */
export async function readPool(db: Queryable): Promise<PoolSettings | undefined> {
  const { rows } = await db.query<PoolRow>(
    `SELECT network, pool_address, pool_tag, fee_basis_points, finder_bonus_basis_points, pplns_window, stratum_ports
     FROM pool WHERE id = 1`,
  )
  const row = rows[0]
  return (
    row && {
      network: row.network,
      poolAddress: row.pool_address,
      poolTag: row.pool_tag,
      feeBasisPoints: row.fee_basis_points,
      finderBonusBasisPoints: row.finder_bonus_basis_points,
      pplnsWindow: row.pplns_window,
      stratumPorts: row.stratum_ports,
    }
  )
}
