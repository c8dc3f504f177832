import { bytesToHex, joinBytes } from '@headframe/core/bytes'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentRecord } from '@headframe/core/journal/segment'
import { blockAuditDocument } from '@headframe/core/published/block-audit'
import { signBlockStatement } from '@headframe/core/published/block-statement'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { NO_EPOCH, signEpoch, type Epoch, type EpochSegment } from '@headframe/core/published/epoch'
import { logIndexDocument } from '@headframe/core/published/log-index'
import {
  auditPath,
  epochPath,
  epochSharesPath,
  fppsPath,
  INDEX_PATH,
  proofPath,
} from '@headframe/core/published/log-paths'
import { signFppsStatement } from '@headframe/core/published/fpps-statement'
import { signPayoutStatement } from '@headframe/core/published/payout-statement'
import { payoutProofDocument } from '@headframe/core/published/payout-proof'
import { documentHash } from '@headframe/core/published/signed-document'
import { signingKeyOf } from '@headframe/core/signature'
import type { LogModel, ModelSegment } from './log-model.js'

export type LogFiles = Map<string, Uint8Array>

export const KEY = signingKeyOf(new Uint8Array(32).fill(3))
export const OTHER_KEY = signingKeyOf(new Uint8Array(32).fill(4))

export interface SealHooks {
  /** Changes an epoch before it is signed; it is numbered from 1. */
  readonly epoch?: (epoch: Epoch) => Epoch
  readonly key?: typeof KEY
}

const utf8 = new TextEncoder()

/** The files of a log, signed: what an operator could publish who has changed the model. */
export function sealLog(
  model: LogModel,
  { epoch: changed = (epoch) => epoch, key = KEY }: SealHooks = {},
): LogFiles {
  const files: LogFiles = new Map()
  const put = (path: string, document: unknown): unknown =>
    files.set(path, utf8.encode(canonicalJson(document)))
  const statements = model.blocks.map(({ statement }) => signBlockStatement(statement, key))
  const credits = model.fpps.map((statement) => ({
    endPosition: statement.endPosition,
    document: signFppsStatement(statement, key),
  }))
  for (const { endPosition, document } of credits) put(fppsPath(endPosition), document)
  const lastHashes = new Map<string, Uint8Array>()
  let [previous, firstPosition] = [NO_EPOCH, 1]
  for (const [at, size] of model.epochSizes.entries()) {
    const segments = model.segments.slice(firstPosition - 1, firstPosition - 1 + size)
    const published = segments.map((segment) => publish(segment, lastHashes))
    const blocks = statements.filter((_, block) => model.blocks[block]!.epoch === at)
    const entries = published.map(({ entry }) => entry)
    const bare = {
      network: 'regtest',
      epoch: at + 1,
      previous,
      firstPosition,
      sealedAtMs: at,
      segments: entries,
      blocks,
      payouts:
        at === model.epochSizes.length - 1
          ? model.payouts.map((payout) => signPayoutStatement(payout, key))
          : [],
      fpps: credits
        .filter(({ endPosition }) => endPosition >= firstPosition && endPosition < firstPosition + size)
        .map(({ endPosition, document }) => ({ endPosition, hash: documentHash(document) })),
    } as const
    const document = signEpoch(changed(bare), key)
    put(epochPath(at + 1), document)
    files.set(epochSharesPath(at + 1), joinBytes(published.map(({ bytes }) => bytes)))
    previous = documentHash(document)
    firstPosition += size
  }
  for (const [at, { statement, coinbase, merklePath, rows, epoch }] of model.blocks.entries()) {
    const signedStatement = statements[at]!
    const audit = blockAuditDocument({ signedStatement, coinbase, merklePath, rows }, statement)
    put(auditPath(statement.hash), { ...audit, epoch: epoch + 1 })
    for (const { payee } of rows) {
      const proof = payoutProofDocument(signedStatement, rows, payee)
      put(proofPath(statement.hash, payee), { ...proof, epoch: epoch + 1 })
    }
  }
  const index = {
    network: 'regtest',
    key: key.publicKey,
    lastEpoch: model.epochSizes.length,
    prunedPosition: 0,
  } as const
  put(INDEX_PATH, logIndexDocument(index))
  return files
}

function publish(
  segment: ModelSegment,
  lastHashes: Map<string, Uint8Array>,
): { bytes: Uint8Array; entry: EpochSegment } {
  const { writerId, segmentSeq, firstShareSeq, incarnation = 1 } = segment
  const prevSegmentHash = segment.prevSegmentHash ?? lastHashes.get(writerId) ?? new Uint8Array(32)
  const header = {
    network: 'regtest',
    writerId,
    incarnation,
    segmentSeq: BigInt(segmentSeq),
    firstShareSeq: BigInt(firstShareSeq),
    prevSegmentHash,
    openedAtMs: 1,
  } as const
  const records = recordsOf(segment)
  const bytes = encodeSegment(header, records.length === 0 ? [] : [records], 2)
  const { trailer, segmentHash } = decodeSegment(bytes)
  lastHashes.set(writerId, segmentHash)
  const { shareCount, work, root } = trailer
  const hash = bytesToHex(segmentHash)
  return {
    bytes,
    entry: { writerId, segmentSeq, hash, bytes: bytes.length, shareCount, work, root: bytesToHex(root) },
  }
}

function recordsOf({ shares }: ModelSegment): SegmentRecord[] {
  const records: SegmentRecord[] = []
  const jobs = new Map<unknown, number>()
  const workers = new Map<string, number>()
  for (const { job, name, mode, share } of shares) {
    if (!jobs.has(job)) {
      jobs.set(job, jobs.size)
      records.push({ kind: 'job', jobRef: jobs.size - 1, ...job })
    }
    const worker = `${mode} ${name}`
    if (!workers.has(worker)) {
      workers.set(worker, workers.size)
      records.push({ kind: 'worker', workerRef: workers.size - 1, address: name, workerName: '', mode })
    }
    records.push({ kind: 'share', jobRef: jobs.get(job)!, workerRef: workers.get(worker)!, ...share })
  }
  return records
}
