import { bytesToHex } from '@headframe/core/bytes'
import type { Segment } from '@headframe/core/journal/segment'
import { NO_EPOCH, type EpochSegment } from '@headframe/core/published/epoch'

interface ChainEnd {
  readonly nextSegmentSeq: bigint
  /** Undefined behind a segment that was not read. */
  readonly nextShareSeq: bigint | undefined
  readonly incarnation: number
  readonly lastHash: string
}

const NO_SEGMENT = NO_EPOCH

/** Where the chain of each writer's published segments stands. */
export class WriterChains {
  readonly #beginsLate: boolean
  readonly #ends = new Map<string, ChainEnd>()

  /** `beginsLate`: a writer's first segment here need not be its first. */
  constructor(beginsLate: boolean) {
    this.#beginsLate = beginsLate
  }

  /** Goes on behind a segment of which only the epoch's entry is known. */
  skip({ writerId, segmentSeq, hash }: EpochSegment): void {
    const incarnation = this.#ends.get(writerId)?.incarnation ?? 0
    const nextSegmentSeq = BigInt(segmentSeq) + 1n
    this.#ends.set(writerId, { nextSegmentSeq, nextShareSeq: undefined, incarnation, lastHash: hash })
  }

  /** Goes on behind a segment; returns what does not fit. */
  take({ header, trailer, segmentHash }: Segment): string[] {
    const { writerId, segmentSeq, firstShareSeq, incarnation } = header
    const known = this.#ends.get(writerId)
    const problems = known === undefined ? this.#problemsOfFirst(header) : problemsOfNext(header, known)
    this.#ends.set(writerId, {
      nextSegmentSeq: segmentSeq + 1n,
      nextShareSeq: firstShareSeq + BigInt(trailer.shareCount),
      incarnation,
      lastHash: bytesToHex(segmentHash),
    })
    return problems
  }

  #problemsOfFirst({ writerId, segmentSeq, firstShareSeq, prevSegmentHash }: Segment['header']): string[] {
    if (this.#beginsLate) return []
    const problems: string[] = []
    if (segmentSeq !== 0n) problems.push(`the first segment of ${writerId} is its number ${segmentSeq}`)
    if (firstShareSeq !== 0n) problems.push(`the first share of ${writerId} is its number ${firstShareSeq}`)
    if (bytesToHex(prevSegmentHash) !== NO_SEGMENT) {
      problems.push(`the first segment of ${writerId} names one before it`)
    }
    return problems
  }
}

function problemsOfNext(header: Segment['header'], end: ChainEnd): string[] {
  const { writerId, segmentSeq, firstShareSeq, prevSegmentHash, incarnation } = header
  const problems: string[] = []
  if (segmentSeq !== end.nextSegmentSeq) {
    problems.push(`it is number ${segmentSeq} of ${writerId}, and ${end.nextSegmentSeq} should come`)
  }
  if (bytesToHex(prevSegmentHash) !== end.lastHash) {
    problems.push(`it names another segment of ${writerId} before it than the one that is there`)
  }
  if (end.nextShareSeq !== undefined && firstShareSeq !== end.nextShareSeq) {
    problems.push(
      `its first share is number ${firstShareSeq} of ${writerId}, and ${end.nextShareSeq} should come`,
    )
  }
  if (incarnation < end.incarnation) problems.push(`it is of an earlier start of ${writerId}`)
  return problems
}
