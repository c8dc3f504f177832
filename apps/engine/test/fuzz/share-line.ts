import { ADDRESS } from '../stratum/client-behaviour.js'
import { meetsDifficulty, mine, MAX_MINED_DIFFICULTY, type HeldJob } from '../stratum/held-job.js'
import type { MinerMemory } from './miner-memory.js'
import type { ShareSaying } from './saying.js'

/** Who submits, and what there is to copy from. */
export interface Submitter {
  readonly memory: MinerMemory
  /** Params of what was submitted before. */
  readonly submitted: (readonly string[])[]
  /** What other clients know. */
  readonly others: readonly MinerMemory[]
}

/** As many `mining.submit` as are asked for, with or without a flaw; undefined when there is nothing yet to submit. */
export function shareLines(submitter: Submitter, saying: ShareSaying): string | undefined {
  const lines = Array.from({ length: saying.count }, (_, index) =>
    shareLine(submitter, { ...saying, pick: saying.pick + index }),
  )
  return lines.includes(undefined) ? undefined : lines.join('\n')
}

function shareLine(submitter: Submitter, saying: ShareSaying): string | undefined {
  const params = paramsOf(submitter, saying)
  if (params === undefined) return undefined
  submitter.submitted.push(params)
  const id = saying.id === undefined ? '' : `"id":${saying.id},`
  // Every third in a form that only the JSON parser reads.
  const space = saying.pick % 3 === 0 ? '\t' : ''
  return `{${id}${space}"method":"mining.submit","params":${JSON.stringify(params)}}`
}

function paramsOf(submitter: Submitter, { flaw, pick }: ShareSaying): readonly string[] | undefined {
  const before = submitter.submitted[pick % Math.max(1, submitter.submitted.length)]
  if (flaw === 'again') return before
  if (flaw === 'again-in-another-spelling') return before?.map(respelled)
  const job = jobOf(submitter, flaw, pick)
  if (job === undefined) return undefined
  const { versionMask, extranonce2Digits } = submitter.memory
  const extranonce2 = hex(pick % 4, flaw === 'short-extranonce2' ? extranonce2Digits - 2 : extranonce2Digits)
  const versionBits = versionBitsOf(flaw, versionMask, pick)
  const search = { extranonce2, versionBits: versionBits ?? 0, from: pick * 1_000 }
  const nonce = flaw === 'low' ? findLow(job, search) : findNonce(job, search)
  const params = [usernameOf(flaw, pick), job.jobId, extranonce2, job.ntime, hex(nonce, 8)]
  return versionBits === undefined ? params : [...params, hex(versionBits, 8)]
}

function jobOf({ memory, others }: Submitter, flaw: ShareSaying['flaw'], pick: number): HeldJob | undefined {
  const { job, jobs } = memory
  if (job === undefined) return undefined
  if (flaw === 'older-job') return jobs.at(-2 - (pick % 4)) ?? job
  if (flaw === 'foreign-job') return others[pick % Math.max(1, others.length)]?.job ?? job
  if (flaw === 'made-up-alias') return underAlias(job, pick % 256)
  if (flaw === 'unknown-job') return { ...job, jobId: hex(pick, 10) }
  if (flaw === 'rolled-ntime') return rollNtime(job, 1 + (pick % 600))
  if (flaw === 'ntime-too-late') return rollNtime(job, 7_200 + pick)
  return job
}

/** The job as it would have come with another alias, which stands at the end of its id and of its coinb1. */
export function underAlias(job: HeldJob, alias: number): HeldJob {
  const digits = hex(alias, 2)
  return { ...job, jobId: job.jobId.slice(0, -2) + digits, coinb1: job.coinb1.slice(0, -2) + digits }
}

function rollNtime(job: HeldJob, seconds: number): HeldJob {
  return { ...job, ntime: hex(Number.parseInt(job.ntime, 16) + seconds, 8) }
}

function versionBitsOf(flaw: ShareSaying['flaw'], mask: number, pick: number): number | undefined {
  if (flaw === 'rolled-version') return ((pick << 13) & mask) >>> 0
  return flaw === 'rolled-version-outside-mask' ? (~mask & (1 << (pick % 29))) >>> 0 : undefined
}

function usernameOf(flaw: ShareSaying['flaw'], pick: number): string {
  if (flaw === 'unknown-worker') return 'nobody.x'
  return flaw === 'renamed-worker' ? `${ADDRESS}.other${pick % 3}` : `${ADDRESS}.rig`
}

type Search = Parameters<typeof mine>[1]

/** Any nonce where nobody can wait for a good one. */
function findNonce(job: HeldJob, search: Search): number {
  return job.difficulty <= MAX_MINED_DIFFICULTY ? mine(job, search) : search.from
}

function findLow(job: HeldJob, { from, ...search }: Search): number {
  let nonce = from
  while (meetsDifficulty(job, { ...search, nonce })) nonce++
  return nonce
}

/** The same values in upper case, without the zeros that may be left out. */
function respelled(text: string, index: number): string {
  if (index === 0) return text
  const isNumber = index >= 3
  return (isNumber ? text.replace(/^0+(?=.)/, '') : text).toUpperCase()
}

function hex(number: number, digits: number): string {
  return digits <= 0 ? '' : number.toString(16).padStart(digits, '0').slice(-digits)
}
