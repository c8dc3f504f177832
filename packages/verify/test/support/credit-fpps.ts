import { creditScore, fppsRate } from '@headframe/core/accounting/fpps'
import { scoreOfShare } from '@headframe/core/accounting/score'
import { bytesToHex } from '@headframe/core/bytes'
import type { FppsLine, FppsStatement } from '@headframe/core/published/fpps-statement'
import { subsidySats } from '@headframe/core/chain/subsidy'
import type { AcceptedShare, JobContent } from '@headframe/core/journal/segment'
import type { PayoutMode } from '@headframe/core/share/share'

interface CreditedSegment {
  readonly shares: readonly {
    readonly job: JobContent
    readonly name: string
    readonly mode: PayoutMode
    readonly share: AcceptedShare
  }[]
}

/** By what the FPPS shares of a stretch are credited. */
type FppsTerms = Pick<FppsStatement, 'tipHash' | 'subsidySats' | 'feesSats' | 'feeBlocks' | 'feeBasisPoints'>

const FEES = { feesSats: 123_457n, feeBlocks: 3, feeBasisPoints: 400 }

/** Two stretches; the rate of the first goes by the block that its shares were mined on. */
export function creditFpps(segments: readonly CreditedSegment[]): FppsStatement[] {
  const { job } = segments.at(-1)!.shares[0]!
  const tipHash = bytesToHex(Uint8Array.from(job.prevHash).reverse())
  const terms = { ...FEES, subsidySats: subsidySats(job.height, 'regtest') }
  const first = creditStretch({ ...terms, tipHash }, segments, [0, segments.length - 1], new Map())
  const numerators = new Map(first.lines.map(({ payee, numeratorAfter }) => [payee, numeratorAfter]))
  const next = { ...terms, feesSats: 99n, tipHash: 'ee'.repeat(32) }
  return [first, creditStretch(next, segments, [segments.length - 1, segments.length], numerators)]
}

function creditStretch(
  terms: FppsTerms,
  segments: readonly CreditedSegment[],
  [afterPosition, endPosition]: readonly [number, number],
  numerators: ReadonlyMap<string, bigint>,
): FppsStatement {
  const scores = new Map<string, bigint>()
  for (const one of segments.slice(afterPosition, endPosition).flatMap(({ shares }) => shares)) {
    if (one.mode !== 'fpps') continue
    const score = scoreOfShare(one.share.assignedDifficulty, one.job.nbits)
    scores.set(one.name, (scores.get(one.name) ?? 0n) + score)
  }
  const place = { network: 'regtest', afterPosition, endPosition, creditedAtMs: endPosition } as const
  return creditBy({ ...terms, ...place }, scores, numerators)
}

/** Credits worked out by these scores, consistent in itself. */
export function creditBy(
  terms: Omit<FppsStatement, 'rateSats' | 'creditedSats' | 'lines'>,
  scores: ReadonlyMap<string, bigint>,
  numerators: ReadonlyMap<string, bigint>,
): FppsStatement {
  const { subsidySats: subsidy, feesSats, feeBlocks, feeBasisPoints } = terms
  const rateSats = fppsRate({ subsidySats: subsidy, feesSats, blockCount: feeBlocks }, feeBasisPoints)
  const lines = [...scores].sort().map(([payee, score]): FppsLine => ({
    payee,
    score,
    ...creditScore(numerators.get(payee) ?? 0n, score, rateSats),
  }))
  const creditedSats = lines.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  return { ...terms, rateSats, creditedSats, lines }
}
