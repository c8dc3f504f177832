import type { Network } from '@headframe/core/chain/network'
import { JobDirectory } from '../jobs/job-directory.js'
import type { Log } from '../log.js'
import { CandidateFiles } from './candidate-file.js'
import { candidateToJson } from './candidate-json.js'
import type { CandidateRecord } from './candidate-record.js'
import { readCandidateRecords, removeCandidateRecords } from './candidate-records.js'

export interface RecoverModules {
  readonly files: CandidateFiles
  readonly directory: Pick<JobDirectory, 'readTransactions'>
  readonly log: Log
}

/**
 * Makes files of the blocks that a process of this slot wrote down and had no time for. Nobody may write to the slot's
 * records meanwhile, and the job archive must not have let go of anything yet. What the disk refuses stays a record.
 */
export async function recoverCandidates(slot: number, modules: RecoverModules): Promise<void> {
  const { files, log } = modules
  const { directory } = files
  const whole = new Set(await files.list())
  try {
    for (const record of await readCandidateRecords(directory, slot)) {
      if (!whole.has(record.candidate.hash)) await makeFiles(record, modules)
    }
    await removeCandidateRecords(directory, slot)
  } catch (error) {
    log.error({ err: error, slot }, 'a found block cannot be made whole; tried again at the next start')
  }
}

/** `recoverCandidates` of every slot that ever was, when no stratum process runs. */
export async function recoverAllCandidates(
  { dataDir, network }: { readonly dataDir: string; readonly network: Network },
  log: Log,
): Promise<void> {
  const files = new CandidateFiles(dataDir)
  await files.prepare()
  const directory = new JobDirectory(dataDir, network)
  for (const slot of await files.listSlots()) await recoverCandidates(slot, { files, directory, log })
}

async function makeFiles(record: CandidateRecord, modules: RecoverModules): Promise<void> {
  const { files, log } = modules
  const { candidate, headHex } = record
  const { hash } = candidate
  const transactions = await transactionsOf(record, modules)
  if (transactions === undefined) {
    const path = await files.setAside(hash, { ...record, candidate: candidateToJson(candidate) })
    log.error({ hash, path }, 'the transactions of a found block are lost; what is left of it was set aside')
    return
  }
  await files.write(candidate, [Buffer.from(headHex, 'latin1'), transactions])
  log.warn({ hash }, 'a block that an earlier process had found was made whole')
}

/** Undefined when they are not there, or not all of them. */
async function transactionsOf(
  { transactionsId, transactionsSize }: CandidateRecord,
  { directory }: RecoverModules,
): Promise<Uint8Array | undefined> {
  if (transactionsSize === 0) return new Uint8Array(0)
  try {
    const hex = await directory.readTransactions(transactionsId)
    return hex.length === 2 * transactionsSize ? hex : undefined
  } catch {
    return undefined
  }
}
