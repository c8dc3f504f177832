import { bytesToHex, concatBytes } from '../bytes.js'
import { displayHash } from '../chain/header.js'
import type { Network } from '../chain/network.js'
import { heightOfCoinbaseScript } from '../chain/script.js'
import { subsidySats } from '../chain/subsidy.js'
import { parseTransaction, type Transaction } from '../chain/transaction.js'
import { formatBtc } from '../units.js'
import { cutValue, type PlannedOutput } from '../job/coinbase-plan.js'

/** A job as it came over the wire, with what the session was told before it. Hashes in internal order. */
export interface SeenJob {
  readonly jobId: string
  readonly prevHash: Uint8Array
  readonly coinbasePrefix: Uint8Array
  readonly coinbaseSuffix: Uint8Array
  readonly extranonce1: Uint8Array
  readonly extranonce2Size: number
  readonly difficulty: number
  readonly cleanJobs: boolean
}

/** What a job of the port has to be. */
export interface ExpectedJob {
  readonly network: Network
  /** Gets what the parts leave. */
  readonly restScript: Uint8Array
  readonly parts: readonly PlannedOutput[]
  /** Whether it may pay miners as well, of what else were the rest's; whom, only the journal tells. */
  readonly paysMiners: boolean
  readonly minDifficulty: number
  readonly maxDifficulty: number
  /** Of the job before on the same connection. */
  readonly lastPrevHash: Uint8Array | undefined
}

export interface JudgedJob {
  /** Undefined when the coinbase cannot be read. */
  readonly height: number | undefined
  /** In words for a person; none when the job is as it should be. */
  readonly problems: readonly string[]
}

/** Looks at a job as a careful miner would. Whether its block is the newest is for those to say who ask nodes. */
export function judgeJob(job: SeenJob, expected: ExpectedJob): JudgedJob {
  const coinbase = readCoinbase(job)
  const problems = [...problemsOfTerms(job, expected)]
  if (coinbase === undefined)
    return { height: undefined, problems: [...problems, 'its coinbase is no transaction'] }
  const height = heightOfCoinbaseScript(coinbase.inputs[0]?.script ?? new Uint8Array(0)) ?? undefined
  if (height === undefined) problems.push('its coinbase does not begin with a height (BIP 34)')
  else problems.push(...problemsOfPayout(coinbase, height, expected))
  return { height, problems }
}

function readCoinbase(job: SeenJob): Transaction | undefined {
  const { coinbasePrefix, extranonce1, extranonce2Size, coinbaseSuffix } = job
  try {
    const extranonce2 = new Uint8Array(extranonce2Size)
    return parseTransaction(concatBytes(coinbasePrefix, extranonce1, extranonce2, coinbaseSuffix))
  } catch {
    return undefined
  }
}

function problemsOfTerms(
  job: SeenJob,
  { minDifficulty, maxDifficulty, lastPrevHash }: ExpectedJob,
): string[] {
  const problems: string[] = []
  if (!(job.difficulty >= minDifficulty && job.difficulty <= maxDifficulty)) {
    problems.push(`its difficulty ${job.difficulty} is not between ${minDifficulty} and ${maxDifficulty}`)
  }
  const isNewTip = lastPrevHash !== undefined && displayHash(lastPrevHash) !== displayHash(job.prevHash)
  if (isNewTip && !job.cleanJobs) problems.push('it is on a new block without clean_jobs')
  return problems
}

/**
 * Each script is paid what the plan says of the whole value, and nobody else is paid anything; where miners are, the
 * rest is not looked at.
 */
function problemsOfPayout(coinbase: Transaction, height: number, expected: ExpectedJob): string[] {
  const paid = new Map<string, bigint>()
  let valueSats = 0n
  for (const output of coinbase.outputs) {
    valueSats += output.valueSats
    if (output.valueSats > 0n) add(paid, output.script, output.valueSats)
  }
  const cut = cutValue(valueSats, expected.parts)
  const due = new Map<string, bigint>()
  add(due, expected.restScript, cut.restSats)
  for (const output of cut.parts) add(due, output.script, output.valueSats)
  const problems: string[] = []
  const scripts = expected.paysMiners
    ? cut.parts.map(({ script }) => bytesToHex(script))
    : [...due.keys(), ...paid.keys()]
  for (const script of new Set(scripts)) {
    const [is, should] = [paid.get(script) ?? 0n, due.get(script) ?? 0n]
    if (is !== should) problems.push(`it pays ${formatBtc(is)} to script ${script}, not ${formatBtc(should)}`)
  }
  const subsidy = subsidySats(height, expected.network)
  if (valueSats < subsidy) problems.push(`it pays ${formatBtc(valueSats)}, less than the subsidy`)
  return problems
}

function add(sums: Map<string, bigint>, script: Uint8Array, sats: bigint): void {
  const key = bytesToHex(script)
  sums.set(key, (sums.get(key) ?? 0n) + sats)
}
