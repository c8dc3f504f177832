import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { listMature } from '@headframe/db/block/list-mature'
import { recordAnswer } from '@headframe/db/block/record-answer'
import type { LiveJournal } from '@headframe/core/live/live-system'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { openDatabase } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { readCursor } from '@headframe/db/journal/read-cursor'
import { Remembered } from '@headframe/db/journal/remembered'
import { CandidateFiles } from '../block/candidate-file.js'
import { CandidateShipper } from '../block/candidate-shipper.js'
import { JournalDirectory } from '../journal/journal-directory.js'
import { JournalLook } from '../journal/journal-look.js'
import { SegmentShipper } from '../journal/segment-shipper.js'
import { ShipLoop } from '../journal/ship-loop.js'
import type { Log } from '../log.js'

export interface Shipper {
  /** What it is doing, in a line for a person. */
  doing(): string
  /** What lies on the disk. Throws what the disk throws. */
  look(): Promise<LiveJournal>
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
  const remembered = new Remembered()
  const directory = new JournalDirectory(join(options.dataDir, 'journal'), nodeFiles)
  const segments = new SegmentShipper({
    directory,
    files: nodeFiles,
    appendSegment: (segment, bytes) => appendSegment(database, segment, bytes, remembered),
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
  const shipped = (writerId: string) => segments.standingOf(writerId)
  const look = new JournalLook({ directory, files: nodeFiles, shipped, nowMs })
  const loop = new ShipLoop({ ships: [segments, candidates], log })
  loop.start()
  return {
    look: () => look.look(),
    doing() {
      const troubles = [...loop.troubles].map(([name, reason]) => `${name}: ${reason}`)
      return troubles.length === 0 ? 'moves what is sealed' : `cannot go on; ${troubles.join('; ')}`
    },
    async close() {
      await loop.close()
      await database.close()
    },
  }
}
