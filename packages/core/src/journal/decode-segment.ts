import { sha256 } from '../hash.js'
import { decodeAllFrames } from './decode-frames.js'
import type { Segment } from './segment.js'
import { SegmentError } from './segment-error.js'

/**
 * Decodes a sealed segment and checks all it says of itself: CRC-32 of each frame, references, count, work and
 * root. The place in the writer's chain is for the caller to check, who knows the segment before.
 *
 * Byte fields of the records are views of `bytes`, which must not be changed afterwards. Throws SegmentError.
 */
export function decodeSegment(bytes: Uint8Array): Segment {
  const { header, records, trailer } = decodeAllFrames(bytes)
  if (header === undefined || trailer === undefined) {
    throw new SegmentError('unsealed', bytes.length, 'the bytes end before a trailer')
  }
  return { header, records, trailer, segmentHash: sha256(bytes) }
}
