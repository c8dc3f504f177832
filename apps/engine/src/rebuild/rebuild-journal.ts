import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Database } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { listSegments } from '@headframe/db/replay/list-segments'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import type { Queryable } from '@headframe/db/transaction'
import { segmentBytes } from './segment-bytes.js'

/** Segments that are held in memory at once; each has at most a little more than 1 MiB. */
const SEGMENTS_PER_READ = 16

/** Brings the segments of one database to another as the shipper does, and rolls up as many of them. */
export async function rebuildJournal(
  live: Queryable,
  rebuilt: Pick<Database, 'pool'>,
  folder: string | undefined,
): Promise<void> {
  for (let after = 0n; ;) {
    const page = await listSegments(live, after, SEGMENTS_PER_READ)
    for (const stored of page) {
      const bytes = await segmentBytes(stored, folder)
      await appendSegment(rebuilt, decodeSegment(bytes), bytes)
    }
    if (page.length < SEGMENTS_PER_READ) break
    after = page.at(-1)!.position
  }
  await rollUp(live, rebuilt)
}

async function rollUp(live: Queryable, rebuilt: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await live.query<{ position: string }>('SELECT position FROM rollup_cursor WHERE id = 1')
  const end = BigInt(rows[0]!.position)
  for (let at = 0n; at < end;) {
    const left = end - at
    at = (await rollUpSegments(rebuilt, left < SEGMENTS_PER_ROLLUP ? left : SEGMENTS_PER_ROLLUP)).position
  }
}

const SEGMENTS_PER_ROLLUP = 500n
