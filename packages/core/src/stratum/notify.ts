import { bytesToHex } from '../bytes.js'
import type { Job } from '../job/job.js'
import { formatHexU32 } from './hex.js'

/** A job's `mining.notify` line, serialised once; only the wire job id and `clean_jobs` are still open. */
export interface NotifyTemplate {
  /** From behind the wire job id up to `clean_jobs`, ASCII. */
  readonly middle: Uint8Array
}

const ascii = new TextEncoder()
const HEAD = ascii.encode('{"id":null,"method":"mining.notify","params":["')
const CLEAN = ascii.encode(',true]}\n')
const KEEP = ascii.encode(',false]}\n')

/** Digits that tell the aliases of one job apart, and how many aliases a session can hold before they repeat. */
export const ALIAS_DIGITS = 2
export const ALIASES_PER_JOB = 16 ** ALIAS_DIGITS

/**
 * A job under a fresh id: the job id and two hex digits. ESP-Miner ignores a notify whose id is among its last 16,
 * so a job that is sent again needs another one.
 */
export function wireJobIdOf(jobId: string, alias: number): string {
  return jobId + (alias % ALIASES_PER_JOB).toString(16).padStart(ALIAS_DIGITS, '0')
}

/** Prepares what is the same for every miner: all but the id. */
export function notifyTemplate(job: Job): NotifyTemplate {
  const path = job.merklePath.map((hash) => `"${bytesToHex(hash)}"`).join(',')
  const fields = [
    `"${bytesToHex(swapWords(job.prevHash))}"`,
    `"${bytesToHex(job.coinbasePrefix)}"`,
    `"${bytesToHex(job.coinbaseSuffix)}"`,
    `[${path}]`,
    `"${formatHexU32(job.version)}"`,
    `"${formatHexU32(job.nbits)}"`,
    `"${formatHexU32(job.ntime)}"`,
  ]
  return { middle: ascii.encode(`",${fields.join(',')}`) }
}

/** The line for one wire job id, newline included: three copies of bytes. Share it among all who get the same. */
export function notifyLine(template: NotifyTemplate, wireJobId: string, cleanJobs: boolean): Uint8Array {
  const { middle } = template
  const tail = cleanJobs ? CLEAN : KEEP
  const line = new Uint8Array(HEAD.length + wireJobId.length + middle.length + tail.length)
  line.set(HEAD)
  const idEnd = HEAD.length + wireJobId.length
  for (let at = 0; at < wireJobId.length; at++) line[HEAD.length + at] = wireJobId.charCodeAt(at)
  line.set(middle, idEnd)
  line.set(tail, idEnd + middle.length)
  return line
}

/** The previous hash as Stratum v1 writes it: each 32-bit word of the header's 32 bytes reversed. */
export function swapWords(hash: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(hash.length)
  for (let at = 0; at < hash.length; at++) swapped[at] = hash[at ^ 3]!
  return swapped
}
