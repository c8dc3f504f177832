import { dirname } from 'node:path'
import { equalBytes } from '@headframe/core/bytes'
import type { Network } from '@headframe/core/chain/network'
import { sha256 } from '@headframe/core/hash'
import { decodeFrames, type WholeFrames } from '@headframe/core/journal/decode-frames'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeTrailerFrame } from '@headframe/core/journal/encode-segment'
import type { Segment, SegmentHeader } from '@headframe/core/journal/segment'
import { SegmentError } from '@headframe/core/journal/segment-error'
import { isMissing } from '../is-missing.js'
import type { Log } from '../log.js'
import type { JournalDirectory, SegmentPlace } from './journal-directory.js'
import { JournalError } from './journal-error.js'
import { syncDirectory, type JournalFiles } from './journal-files.js'
import { writeAll } from './segment-file.js'

/** Where a writer's chain goes on. */
export interface ChainHead {
  /** Of the newest segment; 0 when there is none. */
  readonly incarnation: number
  readonly nextSegmentSeq: bigint
  readonly nextShareSeq: bigint
  readonly prevSegmentHash: Uint8Array
}

/** What a process knows to be on the disk of the segment it was writing. Whatever stands behind it was refused. */
export interface CommittedPart {
  readonly segmentSeq: bigint
  readonly bytes: number
}

export interface RecoverModules {
  readonly directory: JournalDirectory
  readonly files: JournalFiles
  readonly log: Log
  readonly nowMs: () => number
}

export interface ChainOwner {
  readonly writerId: string
  readonly network: Network
}

const NO_HASH = new Uint8Array(32)

/**
 * Brings a writer's folder into order after whatever happened to it: cuts the torn tail of the segment that was
 * being written, seals it, and says where the chain goes on. Doing it again changes nothing.
 *
 * Throws JournalError when the chain cannot be continued; an error of the disk passes through.
 */
export async function recoverChain(
  owner: ChainOwner,
  modules: RecoverModules,
  committed?: CommittedPart,
): Promise<ChainHead> {
  for (const place of await modules.directory.listSegments(owner.writerId)) {
    if (place.state !== 'open') continue
    const keepBytes = committed?.segmentSeq === place.segmentSeq ? committed.bytes : undefined
    await recoverOpenSegment(owner, place, modules, keepBytes)
  }
  const sealed = await modules.directory.listSegments(owner.writerId)
  return readHead(owner, sealed, modules.files)
}

async function recoverOpenSegment(
  owner: ChainOwner,
  place: SegmentPlace,
  modules: RecoverModules,
  keepBytes: number | undefined,
): Promise<void> {
  const { files, log } = modules
  const bytes = await files.readFile(place.path)
  if (keepBytes !== undefined && keepBytes > bytes.length) {
    throw new JournalError(
      'corrupt-chain',
      place,
      `${keepBytes} bytes were committed, ${bytes.length} are left`,
    )
  }
  const whole = orCorrupt(place, () => decodeFrames(bytes.subarray(0, keepBytes)))
  if (whole.header === undefined) {
    log.warn(
      { path: place.path, bytes: bytes.length },
      'journal: nothing in the segment was committed; removing it',
    )
    await files.unlink(place.path)
    await syncDirectory(files, dirname(place.path))
    return
  }
  checkHeader(owner, place, whole.header)
  await sealWholeFrames(place, whole, modules)
  const { shareCount } = whole.tally
  log.info(
    { path: place.path, shareCount, cutBytes: bytes.length - whole.endOffset },
    'journal: segment recovered',
  )
}

async function sealWholeFrames(
  place: SegmentPlace,
  whole: WholeFrames,
  modules: RecoverModules,
): Promise<void> {
  const { files, directory, nowMs } = modules
  const handle = await files.open(place.path, 'r+')
  try {
    await handle.truncate(whole.endOffset)
    if (whole.trailer === undefined) {
      const trailer = encodeTrailerFrame({ ...whole.tally, sealedAtMs: nowMs() })
      await writeAll(handle, trailer, whole.endOffset)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  await files.rename(place.path, directory.placeOf(place.writerId, place.segmentSeq, 'sealed').path)
  await syncDirectory(files, dirname(place.path))
}

async function readHead(
  owner: ChainOwner,
  sealed: readonly SegmentPlace[],
  files: JournalFiles,
): Promise<ChainHead> {
  const place = sealed.at(-1)
  if (place === undefined) {
    return { incarnation: 0, nextSegmentSeq: 0n, nextShareSeq: 0n, prevSegmentHash: NO_HASH }
  }
  const bytes = await files.readFile(place.path)
  const newest = orCorrupt(place, () => decodeSegment(bytes))
  checkHeader(owner, place, newest.header)
  await checkPredecessor(place, newest, sealed.at(-2), files)
  return {
    incarnation: newest.header.incarnation,
    nextSegmentSeq: newest.header.segmentSeq + 1n,
    nextShareSeq: newest.header.firstShareSeq + BigInt(newest.trailer.shareCount),
    prevSegmentHash: newest.segmentHash,
  }
}

function checkHeader(owner: ChainOwner, place: SegmentPlace, header: SegmentHeader): void {
  if (header.network !== owner.network) {
    const what = `this journal is of ${header.network}, the node is on ${owner.network}: use another data folder`
    throw new JournalError('wrong-network', place, what)
  }
  if (header.writerId !== place.writerId || header.segmentSeq !== place.segmentSeq) {
    const what = `the file holds segment ${header.segmentSeq} of ${header.writerId}`
    throw new JournalError('corrupt-chain', place, what)
  }
}

/** The shipper may have taken the predecessor away; then the database checks the chain. */
async function checkPredecessor(
  place: SegmentPlace,
  newest: Segment,
  before: SegmentPlace | undefined,
  files: JournalFiles,
): Promise<void> {
  if (before?.segmentSeq !== place.segmentSeq - 1n) return
  try {
    if (equalBytes(sha256(await files.readFile(before.path)), newest.header.prevSegmentHash)) return
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  throw new JournalError('corrupt-chain', place, `it does not continue ${before.path}`)
}

function orCorrupt<T>(place: SegmentPlace, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    if (error instanceof SegmentError) {
      throw new JournalError('corrupt-chain', place, error.message, { cause: error })
    }
    throw error
  }
}
