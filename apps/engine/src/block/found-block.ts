import type { BlockCandidate } from '@headframe/core/block/candidate'
import { displayHash } from '@headframe/core/chain/header'
import { assembleBlockHead } from '@headframe/core/job/assemble-block-head'
import type { Job } from '@headframe/core/job/job'
import type { HashedSubmission } from '@headframe/core/share/hashed-submission'

/** Where the writer of this process stands. */
export interface WriterPosition {
  readonly writerId: string
  readonly incarnation: number
  readonly nextShareSeq: bigint
}

export interface FoundBlock {
  readonly candidate: BlockCandidate
  /** Header, number of transactions and coinbase, serialised. */
  readonly head: Uint8Array
  /** Whose transactions follow. */
  readonly job: Job
}

/** The block of a submission that meets the network target, and what will be needed to pay for it. */
export function foundBlock(found: HashedSubmission, isShare: boolean, writer: WriterPosition): FoundBlock {
  const { worker, assigned, submission, check, atMs } = found
  const { job, extranonce1 } = assigned
  const head = assembleBlockHead(job, check.header, extranonce1, submission.extranonce2)
  return {
    head,
    job,
    candidate: {
      hash: displayHash(check.hash),
      height: job.height,
      nbits: job.nbits,
      foundAtMs: atMs,
      address: worker.address,
      workerName: worker.workerName,
      mode: worker.mode,
      coinbaseValueSats: job.coinbaseValueSats,
      feesSats: job.feesSats,
      writerId: writer.writerId,
      incarnation: writer.incarnation,
      windowEndShareSeq: writer.nextShareSeq + (isShare ? 1n : 0n),
      ...(job.paidWindow && { paidWindow: job.paidWindow }),
    },
  }
}
