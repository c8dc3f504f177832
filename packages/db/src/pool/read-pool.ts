import type { Network } from '@headframe/core/chain/network'
import type { PayoutMode } from '@headframe/core/share/share'
import type { Queryable } from '../transaction.js'

/** A listening port as `settle` wrote it down; the engine's `stratum-ports.ts` explains each field. */
export interface PoolPort {
  readonly port: number
  readonly mode: PayoutMode
  readonly startDifficulty: number
  readonly minDifficulty: number
  readonly maxDifficulty: number
  readonly fixed: boolean
  readonly sharesPerMinute: number
}

export interface PoolSettings {
  readonly network: Network
  readonly poolAddress: string
  readonly poolTag: string
  readonly feeBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  readonly stratumPorts: readonly PoolPort[]
}

interface PoolRow {
  readonly network: Network
  readonly pool_address: string
  readonly pool_tag: string
  readonly fee_basis_points: number
  readonly pplns_window: number
  readonly stratum_ports: PoolPort[]
}

/** What is in force; undefined before `settle` has started for the first time. */
export async function readPool(db: Queryable): Promise<PoolSettings | undefined> {
  const { rows } = await db.query<PoolRow>(
    `SELECT network, pool_address, pool_tag, fee_basis_points, pplns_window, stratum_ports
     FROM pool WHERE id = 1`,
  )
  const row = rows[0]
  return (
    row && {
      network: row.network,
      poolAddress: row.pool_address,
      poolTag: row.pool_tag,
      feeBasisPoints: row.fee_basis_points,
      pplnsWindow: row.pplns_window,
      stratumPorts: row.stratum_ports,
    }
  )
}
