import { dustLimitSats } from '../chain/dust.js'
import type { TransactionOutput } from '../chain/transaction.js'

/** A part of each block's value, and where it goes. */
export interface PlannedOutput {
  readonly script: Uint8Array
  /** Hundredths of a percent of the whole value. */
  readonly basisPoints: number
}

/** Who is paid by a coinbase, before it is known how much. The parts come to 10,000 basis points at most. */
export interface CoinbasePlan {
  /** Gets what nobody else gets. */
  readonly restScript: Uint8Array
  /** Parts that stand in every coinbase. */
  readonly fixed: readonly PlannedOutput[]
  /** Parts of a block that was found on a solo port; all else is the finder's. */
  readonly solo: readonly PlannedOutput[]
}

/** How a value is cut: amounts add up to it exactly. */
export interface CutValue {
  readonly parts: readonly TransactionOutput[]
  /** What is left when all of them are paid. */
  readonly restSats: bigint
}

const BASIS_POINTS = 10_000n

/** All of the value to one script, and of a solo block to its finder. */
export function planFor(restScript: Uint8Array): CoinbasePlan {
  return { restScript, fixed: [], solo: [] }
}

/**
 * By cumulative floor: what a part comes to depends on those before it and on none behind it. A part that would not be
 * worth spending is left out, and its value goes to the rest. Throws RangeError when the parts are more than the whole.
 */
export function cutValue(valueSats: bigint, planned: readonly PlannedOutput[]): CutValue {
  let basisPoints = 0n
  let restSats = valueSats
  const parts = planned.flatMap(({ script, basisPoints: part }): TransactionOutput[] => {
    const before = (valueSats * basisPoints) / BASIS_POINTS
    basisPoints += BigInt(part)
    const amountSats = (valueSats * basisPoints) / BASIS_POINTS - before
    if (amountSats < dustLimitSats(script)) return []
    restSats -= amountSats
    return [{ valueSats: amountSats, script }]
  })
  if (basisPoints > BASIS_POINTS) throw new RangeError(`a coinbase cannot pay ${basisPoints} basis points`)
  return { parts, restSats }
}
