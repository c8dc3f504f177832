import type { Network } from '../chain/network.js'
import { NETWORK_NUMBERS, WRITER_ID } from '../journal/layout.js'
import type { SigningKey } from '../signature.js'
import { DocumentError, JsonFields } from './json-fields.js'
import { signDocument, type JsonObject } from './signed-document.js'

/** Segments of one epoch, and bytes of them; with either an epoch is full. */
export const MAX_EPOCH_SEGMENTS = 1024
export const MAX_EPOCH_BYTES = 64 << 20
/** Blocks whose statements one epoch may hold. */
export const MAX_EPOCH_BLOCKS = 1024
/** Payouts, each with its transaction. */
export const MAX_EPOCH_PAYOUTS = 64
/** Stretches of FPPS credits, each with its hash alone. */
export const MAX_EPOCH_STRETCHES = 1024

/** What an epoch says of a published segment; its position is its place in the list. */
export interface EpochSegment {
  readonly writerId: string
  readonly segmentSeq: number
  /** SHA-256 of the published bytes, hex. */
  readonly hash: string
  readonly bytes: number
  readonly shareCount: number
  readonly work: bigint
  /** Merkle-sum root over the published shares, hex. */
  readonly root: string
}

/** What an epoch says of FPPS credits, which stand in a document of their own. */
export interface EpochStretch {
  readonly endPosition: number
  /** Of the document, hex. */
  readonly hash: string
}

/** A stretch of the public log, sealed. */
export interface Epoch {
  readonly network: Network
  /** From 1. */
  readonly epoch: number
  /** Hash of the epoch before; 32 zero bytes for the first. */
  readonly previous: string
  readonly firstPosition: number
  readonly sealedAtMs: number
  /** In the order of their positions, without gaps. */
  readonly segments: readonly EpochSegment[]
  /** Statements of blocks whose windows end in this epoch or before, as they were signed. */
  readonly blocks: readonly JsonObject[]
  /** Statements of payouts, as they were signed. */
  readonly payouts: readonly JsonObject[]
  /** FPPS credits of stretches that end in this epoch or before, in their order. */
  readonly fpps: readonly EpochStretch[]
}

const TYPE = 'headframe-epoch'
const VERSION = 1
export const NO_EPOCH = '00'.repeat(32)

export const lastPositionOf = ({
  firstPosition,
  segments,
}: Pick<Epoch, 'firstPosition' | 'segments'>): number => firstPosition + segments.length - 1

export function signEpoch(epoch: Epoch, key: SigningKey): JsonObject {
  const { shareCount, work } = totalsOf(epoch.segments)
  const segments = epoch.segments.map((segment) => ({ ...segment, work: String(segment.work) }))
  const totals = { lastPosition: lastPositionOf(epoch), shareCount, work: String(work) }
  return signDocument({ ...epoch, ...totals, type: TYPE, version: VERSION, segments }, key)
}

/** Reads the document and compares its totals; its signature and chain are for the caller to check. */
export function readEpoch(document: unknown, what: string): Epoch {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  const epoch = {
    network: fields.name('network', NETWORK_NUMBERS),
    epoch: fields.count('epoch'),
    previous: fields.hex('previous', 32),
    firstPosition: fields.count('firstPosition'),
    sealedAtMs: fields.count('sealedAtMs'),
    segments: fields.list('segments', MAX_EPOCH_SEGMENTS, readEpochSegment),
    blocks: fields.list('blocks', MAX_EPOCH_BLOCKS, (item) => item as JsonObject),
    payouts: fields.list('payouts', MAX_EPOCH_PAYOUTS, (item) => item as JsonObject),
    // Epochs that were sealed before there was FPPS say nothing of it.
    fpps: fields.has('fpps') ? fields.list('fpps', MAX_EPOCH_STRETCHES, readStretch) : [],
  }
  const { shareCount, work } = totalsOf(epoch.segments)
  if (fields.count('lastPosition') !== lastPositionOf(epoch)) {
    throw new DocumentError(`${what}: its last position is not that of its last segment`)
  }
  if (fields.count('shareCount') !== shareCount || fields.big('work') !== work) {
    throw new DocumentError(`${what}: its totals are not those of its segments`)
  }
  return epoch
}

function readEpochSegment(value: unknown, what: string): EpochSegment {
  const fields = new JsonFields(value, what)
  const writerId = fields.text('writerId')
  if (!WRITER_ID.test(writerId)) throw new DocumentError(`${what}: "${writerId}" is no writer`)
  return {
    writerId,
    segmentSeq: fields.count('segmentSeq'),
    hash: fields.hex('hash', 32),
    bytes: fields.count('bytes'),
    shareCount: fields.count('shareCount'),
    work: fields.big('work'),
    root: fields.hex('root', 32),
  }
}

function readStretch(value: unknown, what: string): EpochStretch {
  const fields = new JsonFields(value, what)
  return { endPosition: fields.count('endPosition'), hash: fields.hex('hash', 32) }
}

function totalsOf(segments: readonly EpochSegment[]): { shareCount: number; work: bigint } {
  let [shareCount, work] = [0, 0n]
  for (const segment of segments) {
    shareCount += segment.shareCount
    work += segment.work
  }
  return { shareCount, work }
}
