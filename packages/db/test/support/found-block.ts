import { splitReward } from '@headframe/core/accounting/split-reward'
import { creditBlock } from '../../src/block/credit-block.js'
import { matureBlock } from '../../src/block/mature-block.js'
import { placeBlock } from '../../src/block/place-block.js'
import { recordCandidate } from '../../src/block/record-candidate.js'
import { reverseBlock } from '../../src/block/reverse-block.js'
import { updateBlockStatus } from '../../src/block/update-block-status.js'
import type { Database } from '../../src/database.js'
import type { BlockStatus } from '../../src/generated/enums.js'
import { NBITS_1, START_MS } from './test-writer.js'

export const SUBSIDY_SATS = 5_000_000_000n
export const FEES_SATS = 1_234n

export interface TestBlock {
  /** Any; hash and height follow from it. */
  readonly n: number
  readonly foundAtMs: number
  readonly address: string
  /** Undefined: its share has not arrived yet. */
  readonly scoreAtFind?: bigint
  readonly status: BlockStatus
  readonly confirmations?: number
  /** Who shares the reward; undefined: not settled. */
  readonly scores?: ReadonlyMap<string, bigint>
}

export function hashOf(n: number): string {
  return n.toString(16).padStart(64, '0')
}

/** Finds a block and takes it through the accounts to where its status says. All its miners must have shares. */
export async function findBlock(db: Database, block: TestBlock): Promise<void> {
  const hash = hashOf(block.n)
  const known = { hash, height: 100 + block.n, status: 'candidate', confirmations: 0 } as const
  await recordCandidate(db, {
    ...known,
    nbits: NBITS_1,
    foundAtMs: block.foundAtMs,
    address: block.address,
    workerName: 'rig',
    mode: 'pplns',
    coinbaseValueSats: SUBSIDY_SATS,
    feesSats: 0n,
    writerId: 's00-test',
    incarnation: 1,
    windowEndShareSeq: 1n,
  })
  const { scoreAtFind, status, scores } = block
  if (scoreAtFind !== undefined)
    await placeBlock(db.pool, hash, { position: 1n, index: 0, score: scoreAtFind })
  if (status === 'candidate') return
  await updateBlockStatus(db.pool, known, 'immature', block.confirmations ?? 1)
  if (scores !== undefined) await credit(db, hash, scores)
  if (status === 'immature') return
  await updateBlockStatus(db.pool, { ...known, status: 'immature' }, status, block.confirmations ?? 1)
  await matureBlock(db, hash, START_MS)
  await reverseBlock(db, hash, START_MS)
}

async function credit(db: Database, hash: string, scores: ReadonlyMap<string, bigint>): Promise<void> {
  const reward = splitReward({ coinbaseValueSats: SUBSIDY_SATS + FEES_SATS, feeBasisPoints: 150 }, scores)
  const rest = {
    donationSats: 0n,
    subsidySats: SUBSIDY_SATS,
    feeBasisPoints: 150,
    pplnsWindow: 4,
    windowStart: undefined,
  }
  await creditBlock(db, hash, { reward, ...rest }, START_MS)
}
