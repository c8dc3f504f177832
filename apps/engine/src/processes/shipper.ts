import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { listMature } from '@headframe/db/block/list-mature'
import { recordAnswer } from '@headframe/db/block/record-answer'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { openDatabase } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { KnownBests } from '@headframe/db/journal/known-bests'
import { readCursor } from '@headframe/db/journal/read-cursor'
import { CandidateFiles } from '../block/candidate-file.js'
import { CandidateShipper } from '../block/candidate-shipper.js'
import { JournalDirectory } from '../journal/journal-directory.js'
import { SegmentShipper } from '../journal/segment-shipper.js'
import { ShipLoop } from '../journal/ship-loop.js'
import type { Log } from '../log.js'

export interface Shipper {
  close(): Promise<void>
}

/** One connection for segments, one for blocks. */
const MAX_CONNECTIONS = 2

/** Brings what `serve` has written to the disk to Postgres, for as long as it takes. Starts whether or not it is there. */
export function startShipper(
  options: { readonly dataDir: string; readonly databaseUrl: string },
  modules: { readonly log: Log; readonly nowMs: () => number },
): Shipper {
  const { log, nowMs } = modules
  const database = openDatabase({ url: options.databaseUrl, maxConnections: MAX_CONNECTIONS })
  const known = new KnownBests()
  const segments = new SegmentShipper({
    directory: new JournalDirectory(join(options.dataDir, 'journal'), nodeFiles),
    files: nodeFiles,
    appendSegment: (segment, bytes) => appendSegment(database, segment, bytes, known),
    readNextSeq: async (writerId) => (await readCursor(database.pool, writerId)).nextSegmentSeq,
    log,
    nowMs,
  })
  const candidates = new CandidateShipper({
    files: new CandidateFiles(options.dataDir),
    recordCandidate: (candidate) => recordCandidate(database, candidate),
    recordAnswer: (hash, answer) => recordAnswer(database, hash, answer),
    listMature: (hashes) => listMature(database.pool, hashes),
    nowMs,
  })
  const loop = new ShipLoop({ ships: [segments, candidates], log })
  loop.start()
  return {
    async close() {
      await loop.close()
      await database.close()
    },
  }
}
