import { compactSize, concatBytes, hexToBytes, uint32LE } from '../bytes.js'
import { COINBASE_SCRIPT_MAX_SIZE, heightPush, pushData } from '../chain/script.js'
import type { BlockTemplate } from '../template/block-template.js'
import type { CoinbasePlan } from './coinbase-plan.js'
import { openSuffix, suffixesByClass } from './coinbase-suffix.js'
import type { DirectSplit, FrozenWindow } from './direct-split.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from './job.js'
import type { OpenSuffix } from './open-suffix.js'
import { problemOfPoolTag } from './pool-tag.js'

/** A coinbase transaction without witness, cut open where the extranonces stand. */
export interface CoinbaseHalves {
  readonly coinbasePrefix: Uint8Array
  readonly coinbaseSuffix: Uint8Array
}

const EXTRANONCE_SIZE = EXTRANONCE1_SIZE + EXTRANONCE2_SIZE
const JOB_ID = /^[0-9a-f]{8}$/
const TRANSACTION_VERSION = uint32LE(2)
const ONE = Uint8Array.of(1)
const NULL_OUTPOINT = concatBytes(new Uint8Array(32), uint32LE(0xffffffff))
/** Not final, so that the locktime below is in force (BIP 54). */
const SEQUENCE = uint32LE(0xfffffffe)

/** A template's coinbase in all its variants. They have one prefix: what differs are the outputs. */
export interface CoinbaseVariants extends CoinbaseHalves {
  /** With more and more of the window's miners, for clients that can hold it; the smallest first. */
  readonly largerSuffixes: readonly Uint8Array[]
  /** By what the larger ones pay; undefined when there is none. */
  readonly frozenWindow: FrozenWindow | undefined
  readonly soloSuffix: OpenSuffix
}

/** What a coinbase is made of. */
export interface CoinbaseParts {
  readonly template: Pick<
    BlockTemplate,
    'height' | 'coinbaseValueSats' | 'coinbaseFlags' | 'witnessCommitmentScript'
  >
  readonly jobId: string
  readonly plan: CoinbasePlan
  /** Whom the larger variants pay; without it there are none. */
  readonly direct?: DirectSplit | undefined
  /** See `pool-tag.ts`. */
  readonly poolTag: string
}

/**
 * The coinbase of a template: its value as the plan says, and the witness commitment when there is one.
 *
 * The input script is the height (BIP 34), the pool tag, and job id with extranonces: each a push, so that none of
 * their bytes can count as a signature operation. The node's flags come last. The locktime is the height before
 * (BIP 54, as in Bitcoin Core's `miner.cpp`), so that no two coinbases can be the same transaction.
 *
 * Throws RangeError when job id or pool tag do not have their form, the script would be over 100 bytes, or the plan
 * pays more than there is.
 */
export function buildCoinbase(parts: CoinbaseParts): CoinbaseVariants {
  const { template, jobId, plan, direct, poolTag } = parts
  const scriptHead = concatBytes(heightPush(template.height), pushTag(poolTag), pushHead(jobId))
  const scriptSize = scriptHead.length + EXTRANONCE_SIZE + template.coinbaseFlags.length
  if (scriptSize > COINBASE_SCRIPT_MAX_SIZE) {
    throw new RangeError(`the coinbase script would have ${scriptSize} bytes; shorten the pool tag`)
  }
  const inputHead = [TRANSACTION_VERSION, ONE, NULL_OUTPOINT, compactSize(scriptSize)]
  const coinbasePrefix = concatBytes(...inputHead, scriptHead)
  const suffixParts = {
    valueSats: template.coinbaseValueSats,
    commitmentScript: template.witnessCommitmentScript,
    prefixSize: coinbasePrefix.length + EXTRANONCE_SIZE,
    before: concatBytes(template.coinbaseFlags, SEQUENCE),
    behind: uint32LE(template.height - 1),
  }
  const { suffixes, ownOutputs } = suffixesByClass(plan, direct, suffixParts)
  const [smallest, ...larger] = suffixes
  return {
    coinbasePrefix,
    coinbaseSuffix: smallest!,
    largerSuffixes: larger,
    frozenWindow: direct && larger.length > 0 ? { ...direct.window, ownOutputs } : undefined,
    soloSuffix: openSuffix(plan.solo, suffixParts),
  }
}

/** Bytes of the job's coinbase without witness: what `writeCoinbase` fills. */
export function coinbaseSize(job: CoinbaseHalves): number {
  return job.coinbasePrefix.length + EXTRANONCE_SIZE + job.coinbaseSuffix.length
}

/** Writes the coinbase without witness, whose hash is the txid. The extranonces have the sizes of `job.ts`. */
export function writeCoinbase(
  out: Uint8Array,
  job: CoinbaseHalves,
  extranonce1: Uint8Array,
  extranonce2: Uint8Array,
): void {
  const { coinbasePrefix, coinbaseSuffix } = job
  out.set(coinbasePrefix, 0)
  out.set(extranonce1, coinbasePrefix.length)
  out.set(extranonce2, coinbasePrefix.length + EXTRANONCE1_SIZE)
  out.set(coinbaseSuffix, coinbasePrefix.length + EXTRANONCE_SIZE)
}

/** `writeCoinbase` into bytes of its own. Throws RangeError when an extranonce has the wrong size. */
export function assembleCoinbase(
  job: CoinbaseHalves,
  extranonce1: Uint8Array,
  extranonce2: Uint8Array,
): Uint8Array {
  if (extranonce1.length !== EXTRANONCE1_SIZE || extranonce2.length !== EXTRANONCE2_SIZE) {
    throw new RangeError(`extranonces of ${extranonce1.length} and ${extranonce2.length} bytes`)
  }
  const out = new Uint8Array(coinbaseSize(job))
  writeCoinbase(out, job, extranonce1, extranonce2)
  return out
}

/** Opcode and first bytes of the push that the extranonces complete: the job's own search space. */
function pushHead(jobId: string): Uint8Array {
  if (!JOB_ID.test(jobId)) throw new RangeError(`"${jobId}" is no job id of eight lower-case hex digits`)
  const id = hexToBytes(jobId)
  return concatBytes(Uint8Array.of(id.length + EXTRANONCE_SIZE), id)
}

function pushTag(poolTag: string): Uint8Array {
  const problem = problemOfPoolTag(poolTag)
  if (problem !== null) throw new RangeError(problem)
  return poolTag === ''
    ? new Uint8Array(0)
    : pushData(Uint8Array.from(poolTag, (character) => character.charCodeAt(0)))
}
