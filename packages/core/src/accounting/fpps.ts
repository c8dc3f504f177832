import { FPPS_RESERVE, minerAccount } from './account.js'
import { withoutZeros, type Posting } from './postings.js'
import type { Scheme } from './scheme.js'
import { SCORE_UNIT } from './score.js'

/**
 * FPPS: each share is paid at once for what it is worth on average, found or not found. A block is not cut at all: it
 * goes to the reserve that the shares are paid from.
 */
export const fpps: Scheme = {
  mode: 'fpps',
  hasWindow: false,
  incomeAccount: FPPS_RESERVE,
  split({ poolSats }) {
    const noBonus = { bonusSats: 0n, bonusBasisPoints: 0 }
    return { feeSats: poolSats, rewardSats: 0n, ...noBonus, total: 0n, shares: [] }
  },
}

/** What the last blocks of the chain have paid. */
export interface PastBlocks {
  /** Of the next block. */
  readonly subsidySats: bigint
  /** Fees of the last `blockCount` blocks together. */
  readonly feesSats: bigint
  readonly blockCount: number
}

/**
 * Whole satoshis for a score of SCORE_UNIT: the subsidy and the average of the fees, less the pool's fee. Throws
 * RangeError for a fee out of range, and for no blocks.
 */
export function fppsRate({ subsidySats, feesSats, blockCount }: PastBlocks, feeBasisPoints: number): bigint {
  if (!Number.isInteger(feeBasisPoints) || feeBasisPoints < 0 || feeBasisPoints > 10_000) {
    throw new RangeError(`a fee of ${feeBasisPoints} basis points`)
  }
  if (!(blockCount >= 1)) throw new RangeError(`an average over ${blockCount} blocks`)
  const count = BigInt(blockCount)
  return ((count * subsidySats + feesSats) * BigInt(10_000 - feeBasisPoints)) / (count * 10_000n)
}

/** A miner's scores of one stretch of the journal, paid. Units: satoshis times 2^-96. */
export interface FppsCredit {
  readonly numeratorBefore: bigint
  readonly numeratorAfter: bigint
  readonly amountSats: bigint
}

/**
 * By cumulative floor over all that the miner ever scored, each stretch by its own rate: what is cut off a stretch comes
 * with the next one, so nothing is rounded twice and nobody loses a satoshi by it.
 */
export function creditScore(numeratorBefore: bigint, score: bigint, rateSats: bigint): FppsCredit {
  const numeratorAfter = numeratorBefore + score * rateSats
  return {
    numeratorBefore,
    numeratorAfter,
    amountSats: numeratorAfter / SCORE_UNIT - numeratorBefore / SCORE_UNIT,
  }
}

/** `fpps-credit`: the reserve pays, and the miners can have it at once. */
export function fppsPostings(
  credits: readonly { readonly miner: string; readonly amountSats: bigint }[],
): Posting[] {
  const sumSats = credits.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  return withoutZeros([
    { account: FPPS_RESERVE, amountSats: sumSats },
    ...credits.map(({ miner, amountSats }) => ({
      account: minerAccount(miner, 'available'),
      amountSats: -amountSats,
    })),
  ])
}
