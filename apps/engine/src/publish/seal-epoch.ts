import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import type { Network } from '@headframe/core/chain/network'
import { sha256 } from '@headframe/core/hash'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Segment } from '@headframe/core/journal/segment'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import {
  MAX_EPOCH_BLOCKS,
  MAX_EPOCH_BYTES,
  MAX_EPOCH_PAYOUTS,
  MAX_EPOCH_SEGMENTS,
  MAX_EPOCH_STRETCHES,
  NO_EPOCH,
  signEpoch,
  type EpochSegment,
} from '@headframe/core/published/epoch'
import { publishSegment } from '@headframe/core/published/publish-segment'
import { documentHash, type JsonObject } from '@headframe/core/published/signed-document'
import type { SigningKey } from '@headframe/core/signature'
import type { Database } from '@headframe/db/database'
import { listPendingStretches, type PendingStretch } from '@headframe/db/public-log/fpps-document'
import { insertEpoch } from '@headframe/db/public-log/insert-epoch'
import { listPendingBlocks, type PendingBlock } from '@headframe/db/public-log/list-pending-blocks'
import { listPendingPayouts, type PendingPayout } from '@headframe/db/public-log/payout-document'
import { listPendingSegments, type PendingSegment } from '@headframe/db/public-log/list-pending-segments'
import { readBlockDocument } from '@headframe/db/public-log/read-block-document'
import { readLogEnd, type LogEnd } from '@headframe/db/public-log/read-log-end'
import { readPublishedHash, readSegmentPayload } from '@headframe/db/public-log/read-segment-payload'

export interface SealOptions {
  readonly network: Network
  readonly key: SigningKey
  /** After so long what is waiting is sealed, full or not. */
  readonly epochMs: number
}

export interface SealModules {
  readonly db: Database
  readonly nowMs: () => number
}

/** The log was begun under another key, and what this one signs would not continue it. */
export class OtherLogKey extends Error {
  override readonly name = 'OtherLogKey'
}

interface PublishedSegment {
  readonly payload: Uint8Array
  readonly hash: Uint8Array
  readonly entry: EpochSegment
}

/** Seals the next epoch if there is enough for one, or if it has waited long enough. Returns its number. */
export async function sealEpoch(
  options: SealOptions,
  { db, nowMs }: SealModules,
): Promise<number | undefined> {
  const end = await readLogEnd(db.pool)
  expectKey(end, options.key)
  const waiting = await listPendingSegments(db.pool, end.lastPosition, MAX_EPOCH_SEGMENTS)
  const pending = withinBytes(waiting)
  const lastPosition = pending.at(-1)?.position ?? end.lastPosition
  const blocks = (await listPendingBlocks(db.pool, MAX_EPOCH_BLOCKS)).filter(
    ({ windowEndPosition }) => windowEndPosition <= lastPosition,
  )
  const payouts = await listPendingPayouts(db.pool, MAX_EPOCH_PAYOUTS)
  const stretches = await pendingStretches(db, lastPosition)
  const isFull = pending.length === MAX_EPOCH_SEGMENTS || pending.length < waiting.length
  const sealedAtMs = nowMs()
  if (!isFull && !hasWaited(pending, [...blocks, ...payouts, ...stretches], sealedAtMs - options.epochMs))
    return undefined
  const segments = await publishAll(db, pending)
  const statements = await Promise.all(blocks.map(({ hash }) => readStatement(db, hash)))
  const firstPosition = end.lastPosition + 1n
  const document = signEpoch(
    {
      network: options.network,
      epoch: end.epoch + 1,
      previous: end.hash === undefined ? NO_EPOCH : bytesToHex(end.hash),
      firstPosition: Number(firstPosition),
      sealedAtMs,
      segments: segments.map(({ entry }) => entry),
      blocks: statements,
      payouts: payouts.map(({ document }) => JSON.parse(document) as JsonObject),
      fpps: stretches.map(({ endPosition, hash }) => ({
        endPosition: Number(endPosition),
        hash: bytesToHex(hash),
      })),
    },
    options.key,
  )
  await insertEpoch(db, {
    epoch: end.epoch + 1,
    firstPosition,
    hash: hexToBytes(documentHash(document)),
    document: canonicalJson(document),
    sealedAtMs,
    segments,
    blockHashes: blocks.map(({ hash }) => hash),
    batchIds: payouts.map(({ batchId }) => batchId),
    fppsEnds: stretches.map(({ endPosition }) => endPosition),
  })
  return end.epoch + 1
}

/** Those whose shares are all published by then. */
async function pendingStretches({ pool }: Database, lastPosition: bigint): Promise<PendingStretch[]> {
  const pending = await listPendingStretches(pool, MAX_EPOCH_STRETCHES)
  return pending.filter(({ endPosition }) => endPosition <= lastPosition)
}

/** Throws OtherLogKey. */
function expectKey({ document }: LogEnd, { publicKey }: SigningKey): void {
  if (document === undefined) return
  const { key } = JSON.parse(document) as { key: string }
  if (key === publicKey) return
  throw new OtherLogKey(
    `the public log is signed by the key ${key}, and PUBLIC_LOG_KEY_FILE holds ${publicKey}; restore the file`,
  )
}

/** The first of them, as many as make up a full epoch; at least one. */
function withinBytes(waiting: readonly PendingSegment[]): readonly PendingSegment[] {
  let bytes = 0
  const end = waiting.findIndex((segment) => (bytes += segment.bytes) > MAX_EPOCH_BYTES)
  return end === -1 ? waiting : waiting.slice(0, Math.max(end, 1))
}

function hasWaited(
  segments: readonly PendingSegment[],
  stated: readonly (PendingBlock | PendingPayout | PendingStretch)[],
  sinceMs: number,
): boolean {
  const times = [
    ...segments.slice(0, 1).map(({ sealedAtMs }) => sealedAtMs),
    ...stated.map(({ statedAtMs }) => statedAtMs),
  ]
  return Math.min(...times) <= sinceMs
}

async function publishAll(db: Database, pending: readonly PendingSegment[]): Promise<PublishedSegment[]> {
  const lastHashes = new Map<string, Uint8Array>()
  const published: PublishedSegment[] = []
  for (const { position } of pending) {
    const payload = await readSegmentPayload(db.pool, position)
    if (payload === undefined) throw new Error(`segment ${position} was pruned before it was published`)
    const segment = decodeSegment(payload)
    const { writerId } = segment.header
    const previous = lastHashes.get(writerId) ?? (await previousHash(db, segment))
    const one = publish(segment, previous)
    lastHashes.set(writerId, one.hash)
    published.push(one)
  }
  return published
}

const NO_SEGMENT = new Uint8Array(32)

/** Of the writer's segment before it; zeros for its first, and where the public log was begun later. */
async function previousHash(db: Database, { header }: Segment): Promise<Uint8Array> {
  const { writerId, segmentSeq } = header
  return (await readPublishedHash(db.pool, writerId, segmentSeq - 1n)) ?? NO_SEGMENT
}

function publish(segment: Segment, previous: Uint8Array): PublishedSegment {
  const payload = publishSegment(segment, previous)
  const { header, trailer, segmentHash } = decodeSegment(payload)
  const { writerId, segmentSeq } = header
  const { shareCount, work, root } = trailer
  const entry = {
    writerId,
    segmentSeq: Number(segmentSeq),
    hash: bytesToHex(segmentHash),
    bytes: payload.length,
    shareCount,
    work,
    root: bytesToHex(root),
  }
  return { payload, hash: sha256(payload), entry }
}

async function readStatement(db: Database, hash: string): Promise<JsonObject> {
  const found = await readBlockDocument(db.pool, hash)
  if (found === undefined) throw new Error(`block ${hash} has no audit document`)
  return (JSON.parse(found.document) as { statement: JsonObject }).statement
}
