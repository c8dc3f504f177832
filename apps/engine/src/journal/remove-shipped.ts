import { isMissing } from '../is-missing.js'
import type { SegmentPlace } from './journal-directory.js'
import type { JournalFiles } from './journal-files.js'
import { readSealedAtMs } from './read-sealed-at.js'

/**
 * A shipped segment stays this long, so that a process that starts can tell which shares were credited already. It is
 * longer than a miner may come back with them (`RESUME_WINDOW_MS`), by what it takes to start.
 */
export const KEEP_SHIPPED_MS = 15 * 60_000

/**
 * Removes the segments of one writer that have arrived and are old, the oldest first. The newest sealed one stays
 * however old it is: it carries the chain over a restart of the writer. `sealed` is in the order of the chain.
 */
export async function removeShipped(
  sealed: readonly SegmentPlace[],
  nextUnshippedSeq: bigint,
  nowMs: number,
  files: Pick<JournalFiles, 'open' | 'unlink'>,
): Promise<void> {
  for (const place of sealed.slice(0, -1)) {
    if (place.segmentSeq >= nextUnshippedSeq) return
    try {
      if (nowMs - (await readSealedAtMs(place.path, files)) < KEEP_SHIPPED_MS) return
      await files.unlink(place.path)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
}
