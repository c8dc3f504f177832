import { bytesToHex, joinBytes } from '../bytes.js'
import type { Job } from '../job/job.js'
import { formatHexU32 } from './hex.js'
import { wireJobIdOf } from './job-position.js'

/**
 * A job's `mining.notify` line, serialised once; only the alias and `clean_jobs` are still open. ASCII. The variants of
 * a job (`job/job-variant.ts`) share all of it but `coinb2`.
 */
export interface NotifyTemplate {
  /** Up to the job id; the alias completes it. */
  readonly toJobId: Uint8Array
  /** From there to the end of the coinbase prefix; the alias completes coinb1. */
  readonly toCoinb1: Uint8Array
  /** The coinbase suffix, with the quotes around it. */
  readonly coinb2: Uint8Array
  /** From there up to `clean_jobs`. */
  readonly toCleanJobs: Uint8Array
}

const ascii = new TextEncoder()
const CLEAN = ascii.encode(',true]}\n')
const KEEP = ascii.encode(',false]}\n')

/** Prepares what is the same for every miner of a variant: all but the alias. */
export function notifyTemplate(job: Job): NotifyTemplate {
  const path = job.merklePath.map((hash) => `"${bytesToHex(hash)}"`).join(',')
  const prevHash = bytesToHex(swapWords(job.prevHash))
  const fields = [
    `[${path}]`,
    `"${formatHexU32(job.version)}"`,
    `"${formatHexU32(job.nbits)}"`,
    `"${formatHexU32(job.ntime)}"`,
  ]
  return {
    toJobId: ascii.encode(`{"id":null,"method":"mining.notify","params":["${job.jobId}`),
    toCoinb1: ascii.encode(`","${prevHash}","${bytesToHex(job.coinbasePrefix)}`),
    coinb2: formatCoinb2(job.coinbaseSuffix),
    toCleanJobs: ascii.encode(fields.join(',')),
  }
}

/** The same for another variant of the job. */
export function withSuffix(template: NotifyTemplate, coinbaseSuffix: Uint8Array): NotifyTemplate {
  return { ...template, coinb2: formatCoinb2(coinbaseSuffix) }
}

/** The line for one alias, newline included: copies of bytes. Share it among all who get the same. */
export function notifyLine(template: NotifyTemplate, alias: number, cleanJobs: boolean): Uint8Array {
  const aliasHex = ascii.encode(wireJobIdOf('', alias))
  const { toJobId, toCoinb1, coinb2, toCleanJobs } = template
  const parts = [toJobId, aliasHex, toCoinb1, aliasHex, coinb2, toCleanJobs, cleanJobs ? CLEAN : KEEP]
  return joinBytes(parts)
}

function formatCoinb2(coinbaseSuffix: Uint8Array): Uint8Array {
  return ascii.encode(`","${bytesToHex(coinbaseSuffix)}",`)
}

/** The previous hash as Stratum v1 writes it: each 32-bit word of the header's 32 bytes reversed. */
export function swapWords(hash: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(hash.length)
  for (let at = 0; at < hash.length; at++) swapped[at] = hash[at ^ 3]!
  return swapped
}
