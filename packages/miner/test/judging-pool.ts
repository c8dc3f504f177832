import type { Job } from '@headframe/core/job/job'
import type { AssignedJob } from '@headframe/core/share/share'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { wireJobIdOf } from '@headframe/core/stratum/job-position'
import { notifyLine, notifyTemplate } from '@headframe/core/stratum/notify'
import { parseSubmit } from '@headframe/core/stratum/params/submit'
import { setDifficultyLine } from '@headframe/core/stratum/push'
import { errorOfReason, otherError } from '@headframe/core/stratum/reject-code'
import { errorLine, trueLine } from '@headframe/core/stratum/reply'
import { EXTRANONCE1_SIZE } from '@headframe/core/job/job'
import type { Script } from './scripted-pool.js'

const NOW_SECONDS = Math.floor(Date.now() / 1000)

/** A job of a network where one hash in 4096 is a block. */
export const JOB: Job = {
  jobId: '0000002a',
  height: 1000,
  version: 0x20000000,
  prevHash: Uint8Array.from({ length: 32 }, (_, index) => index),
  nbits: 0x1f0fffff,
  ntime: NOW_SECONDS,
  mintime: NOW_SECONDS - 3600,
  coinbasePrefix: new Uint8Array(60).fill(0x22),
  coinbaseSuffix: new Uint8Array(90).fill(0x33),
  merklePath: [new Uint8Array(32).fill(0x44)],
  largerSuffixes: [],
  soloSuffix: { bytes: new Uint8Array(60), payoutAt: 20 },
  coinbaseValueSats: 5_000_000_000n,
  feesSats: 0n,
  hasWitnessCommitment: false,
  transactionsId: '0000002a',
  transactionCount: 0,
  transactionsSize: 0,
  cleanJobs: true,
  createdAtMs: NOW_SECONDS * 1000,
}

const SESSION_EXTRANONCE1 = 'aabbccdd'
const ALIAS = 7

export function assignedJob(difficulty: number): AssignedJob {
  const extranonce1 = Uint8Array.from([ALIAS, 0xaa, 0xbb, 0xcc, 0xdd])
  if (extranonce1.length !== EXTRANONCE1_SIZE) throw new Error('the pool has changed its extranonce1')
  const shareTarget = targetToBytes(targetOfDifficulty(difficulty))
  return { job: JOB, extranonce1, assignedDifficulty: difficulty, shareTarget, versionMask: 0x1fffe000 }
}

export const notify = (alias = ALIAS, cleanJobs = true) => notifyLine(notifyTemplate(JOB), alias, cleanJobs)

/** A pool with one job, whose shares it judges by the pool's own rules. */
export function judgingPool(difficulty: number): Script {
  const validator = new ShareValidator()
  const assigned = assignedJob(difficulty)
  return (line, send, socket) => {
    const { id, method, params } = JSON.parse(line) as { id: number; method: string; params: unknown[] }
    if (method === 'mining.subscribe') {
      send(`{"id":${id},"result":[[],"${SESSION_EXTRANONCE1}",8],"error":null}`)
    } else if (method === 'mining.authorize') {
      socket.write(trueLine(id) + setDifficultyLine(difficulty))
      socket.write(notify())
    } else if (method === 'mining.configure') {
      send(`{"id":${id},"result":{"version-rolling":true,"version-rolling.mask":"1fffe000"},"error":null}`)
    } else socket.write(judge(id, params))
  }

  function judge(id: number, params: unknown[]): string {
    const parsed = parseSubmit(params)
    if ('malformed' in parsed) return errorLine(id, otherError(parsed.malformed))
    const { wireJobId, submission } = parsed
    if (wireJobId !== wireJobIdOf(JOB.jobId, ALIAS)) return errorLine(id, errorOfReason('job-not-found'))
    const { reason } = validator.validate(assigned, assigned.extranonce1, submission, Date.now() / 1000)
    return reason === undefined ? trueLine(id) : errorLine(id, errorOfReason(reason))
  }
}
