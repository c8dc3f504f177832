import { targetOfDifficulty } from '@headframe/core/chain/target'
import { paidJob } from '@headframe/core/journal/paid-job'
import { shareHash } from '@headframe/core/journal/share-hash'
import { readChain, sharesOf } from '../journal/journal-fixture.js'

/** A share as the journal has it. */
export interface CreditedShare {
  /** The number that is compared with the target. */
  readonly hash: bigint
  readonly difficulty: number
  readonly jobId: string
  readonly atMs: number
  readonly address: string
  readonly workerName: string
  /** Whether it is worth what it credits. */
  readonly isWorth: boolean
}

/** All that a pool has credited, hashed again from its journal. The pool must be closed. */
export async function readCredited(dataDir: string, writerId: string): Promise<CreditedShare[]> {
  return sharesOf(await readChain(dataDir, writerId)).map(({ segment, share, worker }) => {
    const job = segment.records.find((record) => record.kind === 'job' && record.jobRef === share.jobRef)
    if (job?.kind !== 'job')
      throw new Error(`a share of job ${share.jobRef}, which its segment does not have`)
    const hash = BigInt(
      `0x${Buffer.from(shareHash(paidJob(job, worker, segment.header.network), share))
        .reverse()
        .toString('hex')}`,
    )
    const difficulty = share.assignedDifficulty
    const isWorth = hash <= targetOfDifficulty(difficulty)
    const { address, workerName } = worker
    return { hash, difficulty, address, workerName, isWorth, jobId: job.jobId, atMs: share.acceptedAtMs }
  })
}
