import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesToHex, equalBytes } from '@headframe/core/bytes'
import type { StoredSegment } from '@headframe/db/replay/list-segments'
import { isMissing } from '../is-missing.js'

/** How many digits a segment's number has at least in the name of its file. */
const SEQ_DIGITS = 10

/**
 * The bytes of a segment that the database knows: its own, or, once they are pruned, those of the file below `folder`
 * (laid out as `DATA_DIR/journal`). Throws when there are none, or when they are others.
 */
export async function segmentBytes(segment: StoredSegment, folder: string | undefined): Promise<Uint8Array> {
  const { writerId, segmentSeq, hash } = segment
  const name = join(writerId, `${String(segmentSeq).padStart(SEQ_DIGITS, '0')}.seg`)
  const bytes = segment.payload ?? (folder === undefined ? undefined : await readIfThere(join(folder, name)))
  if (bytes === undefined) {
    throw new Error(
      `The bytes of segment ${name} are no longer in the database; --journal takes a folder with copies of the segments.`,
    )
  }
  if (!equalBytes(createHash('sha256').update(bytes).digest(), hash))
    throw new Error(`The bytes of segment ${name} are not those with the hash ${bytesToHex(hash)}.`)
  return bytes
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
