import type { BlockCandidate } from '@headframe/core/block/candidate'
import type { FrozenWindow } from '@headframe/core/job/direct-split'

type Sums = 'coinbaseValueSats' | 'feesSats' | 'windowEndShareSeq'
type WindowJson = Omit<FrozenWindow, 'endPosition'> & { readonly endPosition: string }

/** A candidate as JSON has it: satoshis, sequence numbers and positions stand as decimal strings. */
export type CandidateJson = Omit<BlockCandidate, Sums | 'paidWindow'> &
  Readonly<Record<Sums, string>> & { readonly paidWindow?: WindowJson }

export function candidateToJson({ paidWindow, ...candidate }: BlockCandidate): CandidateJson {
  return {
    ...candidate,
    coinbaseValueSats: candidate.coinbaseValueSats.toString(),
    feesSats: candidate.feesSats.toString(),
    windowEndShareSeq: candidate.windowEndShareSeq.toString(),
    ...(paidWindow && { paidWindow: { ...paidWindow, endPosition: paidWindow.endPosition.toString() } }),
  }
}

export function candidateFromJson({ paidWindow, ...json }: CandidateJson): BlockCandidate {
  return {
    ...json,
    coinbaseValueSats: BigInt(json.coinbaseValueSats),
    feesSats: BigInt(json.feesSats),
    windowEndShareSeq: BigInt(json.windowEndShareSeq),
    ...(paidWindow && { paidWindow: { ...paidWindow, endPosition: BigInt(paidWindow.endPosition) } }),
  }
}
