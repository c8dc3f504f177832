import type { FrozenWindow } from '@headframe/core/job/direct-split'

/** Columns of `paid_window`, joined to a block; null together when its coinbase has paid no miner of a window. */
export interface PaidWindowRow {
  readonly end_position: string | null
  readonly end_index: number
  readonly window_units: number
  readonly window_fee: number
  readonly window_bonus: number
  readonly own_outputs: number
}

/** With names of their own: a settlement has some of them, too. */
export const PAID_WINDOW_COLUMNS = `paid_window.end_position, paid_window.end_index, paid_window.own_outputs,
  paid_window.pplns_window AS window_units, paid_window.fee_basis_points AS window_fee,
  paid_window.finder_bonus_basis_points AS window_bonus`

export function paidWindowOf(row: PaidWindowRow): FrozenWindow | undefined {
  if (row.end_position === null) return undefined
  return {
    endPosition: BigInt(row.end_position),
    endIndex: row.end_index,
    pplnsWindow: row.window_units,
    feeBasisPoints: row.window_fee,
    finderBonusBasisPoints: row.window_bonus,
    ownOutputs: row.own_outputs,
  }
}
