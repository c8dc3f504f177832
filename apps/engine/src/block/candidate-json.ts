import type { BlockCandidate } from '@headframe/core/block/candidate'

type Sums = 'coinbaseValueSats' | 'feesSats' | 'windowEndShareSeq'

/** A candidate as JSON has it: satoshis and sequence numbers stand as decimal strings. */
export type CandidateJson = Omit<BlockCandidate, Sums> & Readonly<Record<Sums, string>>

export function candidateToJson(candidate: BlockCandidate): CandidateJson {
  return {
    ...candidate,
    coinbaseValueSats: candidate.coinbaseValueSats.toString(),
    feesSats: candidate.feesSats.toString(),
    windowEndShareSeq: candidate.windowEndShareSeq.toString(),
  }
}

export function candidateFromJson(json: CandidateJson): BlockCandidate {
  return {
    ...json,
    coinbaseValueSats: BigInt(json.coinbaseValueSats),
    feesSats: BigInt(json.feesSats),
    windowEndShareSeq: BigInt(json.windowEndShareSeq),
  }
}
