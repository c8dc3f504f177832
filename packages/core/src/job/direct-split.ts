import { amountOf, cutTerms } from '../accounting/split-reward.js'
import { dustLimitSats } from '../chain/dust.js'
import type { TransactionOutput } from '../chain/transaction.js'

/** Which shares a coinbase pays, and by which terms. */
export interface WindowTerms {
  /** The window ends before this share in the journal's order: the position of a segment, and an index in it. */
  readonly endPosition: bigint
  readonly endIndex: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  readonly feeBasisPoints: number
  readonly finderBonusBasisPoints: number
}

/** With the block, enough to cut the same amounts again from the journal, and to tell in its coinbase who was paid. */
export interface FrozenWindow extends WindowTerms {
  /** How many outputs stand in front of those of miners: the pool's, and those of the plan's parts. */
  readonly ownOutputs: number
}

/** A miner of the window. */
export interface DirectPayee {
  readonly script: Uint8Array
  /** As in `RewardShare`. */
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
}

/** Whom a coinbase pays itself, before it is known how much. */
export interface DirectSplit {
  readonly window: WindowTerms
  /** Sum of all scores of the window, those of miners without an output included. */
  readonly total: bigint
  /** The largest score first: who stands behind has no room sooner. */
  readonly payees: readonly DirectPayee[]
}

/**
 * What each payee gets of a value that the pool and its miners share: to the satoshi what the ledger will say his score
 * comes to. What would not be worth spending is left out, and owed.
 */
export function payDirectly({ window, total, payees }: DirectSplit, valueSats: bigint): TransactionOutput[] {
  const { feeBasisPoints, finderBonusBasisPoints } = window
  const { cutSats } = cutTerms(valueSats, feeBasisPoints, finderBonusBasisPoints)
  return payees
    .map(({ script, prefixBefore, prefixAfter }) => ({
      script,
      valueSats: amountOf(cutSats, total, prefixBefore, prefixAfter),
    }))
    .filter((output) => output.valueSats >= dustLimitSats(output.script))
}
