import { bytesToHex, uint32LE } from '@headframe/core/bytes'
import { isHashAtMost, targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE } from '@headframe/core/job/job'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentRecord, ShareRecord } from '@headframe/core/journal/segment'
import { ShareHasher } from '@headframe/core/share/share-hasher'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { NO_EPOCH, signEpoch, type EpochSegment } from '@headframe/core/published/epoch'
import { logIndexDocument } from '@headframe/core/published/log-index'
import { epochPath, epochSharesPath, INDEX_PATH } from '@headframe/core/published/log-paths'
import { signingKeyOf } from '@headframe/core/signature'
import { textOf, type LogSource } from '@headframe/verify/log-source'
import { verifyLog } from '@headframe/verify/verify-log'
import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import { COINBASE_SIZE, mainnetLikeJob, MERKLE_PATH_LENGTH } from './mainnet-like-job.js'
import type { Goal, Row } from './report.js'
import { rowOfRounds } from './rounds.js'

const GOAL: Goal = { atLeast: 100_000 }
const ROUNDS = 5
const SEGMENTS = 20
const SHARES = 200_000
const MINERS = 200
/** About four hashes a share. */
const DIFFICULTY = 1e-9

const job = mainnetLikeJob()
const key = signingKeyOf(new Uint8Array(32).fill(1))

/** A whole public log through the verifier, from memory: what a stranger needs for a pool's shares. */
export async function benchVerify(options: BenchmarkOptions): Promise<Row[]> {
  const count = minersOf(SHARES, options)
  const source = makeLog(count)
  const perSecond: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAtMs = performance.now()
    const { shares, faults } = await verifyLog(source)
    const seconds = (performance.now() - startedAtMs) / 1000
    if (shares !== count || faults.length > 0)
      throw new Error(`${shares} shares; ${JSON.stringify(faults[0])}`)
    // The first round warms up.
    if (round > 0) perSecond.push(shares / seconds)
  }
  const what = `verify ${formatCount(count)} shares of ${MINERS} miners, ${COINBASE_SIZE}-byte coinbase, ${MERKLE_PATH_LENGTH} branches`
  return [rowOfRounds({ what, unit: 'shares/s', isMoreBetter: true, goal: GOAL }, perSecond)]
}

/** One writer's segments in one epoch. */
function makeLog(count: number): LogSource {
  const files = new Map<string, Uint8Array>()
  const put = (path: string, document: unknown): unknown =>
    files.set(path, Buffer.from(canonicalJson(document)))
  const size = count / SEGMENTS
  const segments: Uint8Array[] = []
  const entries: EpochSegment[] = []
  let prevSegmentHash: Uint8Array = new Uint8Array(32)
  for (let seq = 0; seq < SEGMENTS; seq++) {
    const firstShare = seq * size
    const place = {
      segmentSeq: BigInt(seq),
      firstShareSeq: BigInt(firstShare),
      prevSegmentHash,
      openedAtMs: 1,
    }
    const header = { network: 'mainnet', writerId: 's00-bench', incarnation: 1, ...place } as const
    const bytes = encodeSegment(header, [recordsOf(firstShare, size)], 2)
    const { trailer, segmentHash } = decodeSegment(bytes)
    const { shareCount, work, root } = trailer
    const sums = { shareCount, work, root: bytesToHex(root), bytes: bytes.length }
    entries.push({ writerId: header.writerId, segmentSeq: seq, hash: bytesToHex(segmentHash), ...sums })
    segments.push(bytes)
    prevSegmentHash = segmentHash
  }
  const epoch = { network: 'mainnet', epoch: 1, previous: NO_EPOCH, firstPosition: 1, sealedAtMs: 3 } as const
  put(epochPath(1), signEpoch({ ...epoch, segments: entries, blocks: [], payouts: [], fpps: [] }, key))
  files.set(epochSharesPath(1), Buffer.concat(segments))
  const index = { network: 'mainnet', key: key.publicKey, lastEpoch: 1, prunedPosition: 0 } as const
  put(INDEX_PATH, logIndexDocument(index))
  return sourceOf(files)
}

function recordsOf(firstShare: number, count: number): SegmentRecord[] {
  const workers = Array.from({ length: MINERS }, (_, workerRef) => {
    const address = `bc1q${String(workerRef).padStart(38, '0')}`
    return { kind: 'worker', workerRef, address, workerName: '', mode: 'pplns' } as const
  })
  const shares = Array.from({ length: count }, (_, n) => findShare(firstShare + n))
  return [{ kind: 'job', jobRef: 0, ...job }, ...workers, ...shares]
}

const hasher = new ShareHasher()
const header = new Uint8Array(80)
const hash = new Uint8Array(32)
const target = targetToBytes(targetOfDifficulty(DIFFICULTY))

/** Mined: each share has a search space of its own. */
function findShare(number: number): ShareRecord {
  const workerRef = number % MINERS
  const extranonce1 = new Uint8Array(EXTRANONCE1_SIZE)
  extranonce1.set(uint32LE(workerRef), 1)
  const extranonce2 = new Uint8Array(8)
  extranonce2.set(uint32LE(number))
  for (let nonce = 0; ; nonce++) {
    hasher.hash(header, hash, job, extranonce1, extranonce2, job.version, job.ntime, nonce)
    if (!isHashAtMost(hash, target)) continue
    const found = { extranonce1, extranonce2, ntime: job.ntime, nonce, version: job.version }
    const credit = { jobRef: 0, workerRef, acceptedAtMs: number, assignedDifficulty: DIFFICULTY }
    return { kind: 'share', ...credit, ...found }
  }
}

/** In pieces such as a file is read in. */
const PIECE_BYTES = 65_536

function sourceOf(files: ReadonlyMap<string, Uint8Array>): LogSource {
  const open = (path: string): Promise<AsyncIterable<Uint8Array> | undefined> => {
    const bytes = files.get(path)
    return Promise.resolve(bytes && inPieces(bytes))
  }
  return {
    name: 'memory',
    open,
    async readText(path, maxBytes) {
      const chunks = await open(path)
      return chunks && textOf(chunks, maxBytes, path)
    },
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield await Promise.resolve(bytes.subarray(at, at + PIECE_BYTES))
  }
}
