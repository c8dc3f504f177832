import * as files from 'node:fs/promises'
import { join } from 'node:path'
import { fastestHasher } from '@headframe/core/hash'
import { ALIAS_SIZE } from '@headframe/core/job/job'
import type { Network } from '@headframe/core/chain/network'
import { CandidateFiles } from '../block/candidate-file.js'
import { CandidateRecords } from '../block/candidate-records.js'
import { recoverCandidates } from '../block/recover-candidates.js'
import type { EngineOptions } from '../env.js'
import { JobDirectory } from '../jobs/job-directory.js'
import { JobStore } from '../jobs/job-store.js'
import { JobTransactions } from '../jobs/job-transactions.js'
import { readPastJobs } from '../jobs/read-past-jobs.js'
import { JournalDirectory } from '../journal/journal-directory.js'
import { SegmentWriter } from '../journal/segment-writer.js'
import type { Log } from '../log.js'
import { prefixOf } from '../sessions/extranonce1.js'
import { Extranonce1Allocator } from '../sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../sessions/extranonce1-file.js'
import { SessionRecords } from '../sessions/session-records.js'
import { rebuildSeenShares } from '../share/rebuild-seen-shares.js'
import { SeenShares } from '../share/seen-shares.js'

export interface StratumStateOptions {
  readonly engine: EngineOptions
  /** Which of the stratum processes this is, from 0. */
  readonly slot: number
  readonly network: Network
  /** Leased for this slot; of every extranonce1 that this process gives. */
  readonly extranonce1Prefix: number
  /** An earlier process of this slot has died, and nobody else has sent again what it left unanswered. */
  readonly resumesBlocks: boolean
}

/** What outlives a stratum process. */
export interface StratumState {
  readonly writer: SegmentWriter
  readonly jobs: JobStore
  readonly transactions: JobTransactions
  readonly candidates: CandidateRecords
  readonly seenShares: SeenShares
  readonly extranonce1: Extranonce1Allocator
  readonly records: SessionRecords
}

/**
 * Takes up what the process before this one left: its journal, the jobs that miners were given, the shares that were
 * credited on them, the extranonce1 that are in use or rest, and the sessions that may be resumed.
 */
export async function openStratumState(
  { engine, slot, network, extranonce1Prefix: prefix }: StratumStateOptions,
  { log, nowMs }: { readonly log: Log; readonly nowMs: () => number },
): Promise<StratumState> {
  const dataDir = engine.DATA_DIR
  const writer = await SegmentWriter.open({ dataDir, slot, network }, { log, nowMs })
  const jobs = new JobStore()
  const directoryOfJobs = new JobDirectory(dataDir, network)
  const transactions = new JobTransactions({ directory: directoryOfJobs, log })
  const candidates = await openCandidates(slot, new CandidateFiles(dataDir), directoryOfJobs, log)
  const seenShares = new SeenShares()
  const past = await readPastJobs({ dataDir, network }, nowMs())
  for (const { job, postedAtMs } of past) jobs.addPast(job, postedAtMs)
  // A session lives in the process that has its prefix, so no other share can come here.
  const isOurs = (extranonce1: Uint8Array): boolean => prefixOf(extranonce1.subarray(ALIAS_SIZE)) === prefix
  const directory = new JournalDirectory(join(dataDir, 'journal'), files)
  const recall = () => {
    const creditable = jobs.creditable(nowMs() - engine.LATE_SHARE_SECONDS * 1_000)
    return rebuildSeenShares(seenShares, { jobs: creditable, isOurs }, { directory, files })
  }
  const recalled = await recall()
  // What a failed disk has lost was not acknowledged, and may be sent again.
  writer.beforeReady(async () => {
    seenShares.clear()
    await recall()
  })
  const extranonce1 = new Extranonce1Allocator(
    { prefix, nowMs: nowMs() },
    { store: new Extranonce1File(dataDir, prefix), log },
  )
  const records = await SessionRecords.open({ dataDir, prefix }, { log, nowMs })
  const found = { ...recalled, jobs: past.length, sessions: records.closedCount, hasher: fastestHasher.name }
  log.info(found, 'taken up where the last process ended')
  return { writer, jobs, transactions, candidates, seenShares, extranonce1, records }
}

/** What the process before this one found and had no time for becomes files first. */
async function openCandidates(
  slot: number,
  files: CandidateFiles,
  directory: JobDirectory,
  log: Log,
): Promise<CandidateRecords> {
  await files.prepare()
  await recoverCandidates(slot, { files, directory, log })
  return CandidateRecords.open(files.directory, slot)
}
