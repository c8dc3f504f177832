import { joinBytes } from '../bytes.js'
import { merklePath } from '../chain/merkle.js'
import { legacySigops, SIGOP_COST } from '../chain/sigops.js'
import { targetOfNbits } from '../chain/target.js'
import { isWitnessCommitmentScript } from '../chain/witness.js'
import { commitmentTo, countFitting, NO_COST, weightOf, type BlockCost } from './fit-transactions.js'
import {
  readArray,
  readHash,
  readHex,
  readInteger,
  readObject,
  readText,
  type JsonObject,
} from './read-field.js'
import { TemplateError } from './template-error.js'
import { checkRules, checkVersionBits, earliestTime } from './template-rules.js'

/**
 * What `getblocktemplate` offers (BIP 22, 23, 145), decoded once. Thousands of transactions are few values here, so
 * that a template goes from thread to thread and from process to process as bytes.
 */
export interface BlockTemplate {
  readonly height: number
  /** Unsigned 32-bit. */
  readonly version: number
  /** 32 bytes, internal order. */
  readonly prevHash: Uint8Array
  /** Stands for a target: checked. */
  readonly nbits: number
  /** The node's `curtime`, seconds. */
  readonly ntime: number
  /** Seconds: no block of this template may be older. */
  readonly mintime: number
  readonly coinbaseValueSats: bigint
  readonly feesSats: bigint
  /** All values of `coinbaseaux`, to stand in the coinbase script. */
  readonly coinbaseFlags: Uint8Array
  /** The output script that commits to the witnesses, or undefined when the node sent none. */
  readonly witnessCommitmentScript: Uint8Array | undefined
  /** Every transaction but the coinbase, in block order, serialised with witness and concatenated. */
  readonly transactions: Uint8Array
  readonly transactionCount: number
  /** Of all of them (BIP 141). */
  readonly transactionsWeight: number
  /** Sibling hashes from the coinbase up to the root (`chain/merkle.ts`). */
  readonly merklePath: readonly Uint8Array[]
  /** What to ask with to hear of the next template, or undefined when the node has no long poll. */
  readonly longpollId: string | undefined
}

const MAX_UINT32 = 0xffffffff
const MAX_HEIGHT = 0x7fffffff
/** 21 million bitcoin (Bitcoin Core `consensus/amount.h`). */
const MAX_MONEY_SATS = 2_100_000_000_000_000

/**
 * Decodes the result of `getblocktemplate`. Transactions that leave no room for a coinbase of the cost `reserve` are
 * left out, and what depends on them is made anew: fees, value, and the commitment to the witnesses. Throws
 * TemplateError, which names the field that is wrong.
 */
export function parseBlockTemplate(json: unknown, reserve: BlockCost = NO_COST): BlockTemplate {
  const template = readObject(json, 'template')
  checkRules(template)
  checkVersionBits(template)
  const offeredJson = readArray(template['transactions'], 'transactions')
  const offered = offeredJson.map(readTransaction)
  const coinbaseFlags = readOptional(template, 'coinbaseaux', readCoinbaseFlags) ?? new Uint8Array(0)
  const sigops = reserve.sigops + SIGOP_COST * legacySigops(coinbaseFlags)
  const sizesBytes = offered.map(({ data }) => data.length)
  const count = countFitting(template, offeredJson, sizesBytes, { ...reserve, sigops })
  const listed = offered.slice(0, count)
  const isWhole = listed.length === offered.length
  const commitment = readCommitment(template, offered)
  const ntime = readInteger(template['curtime'], 'curtime', 0, MAX_UINT32)
  return {
    height: readInteger(template['height'], 'height', 1, MAX_HEIGHT),
    version: readInteger(template['version'], 'version', -0x80000000, MAX_UINT32) >>> 0,
    prevHash: readHash(template['previousblockhash'], 'previousblockhash'),
    nbits: readNbits(template['bits']),
    ntime,
    mintime: earliestTime(template, readMintime(template, ntime), ntime),
    coinbaseValueSats: readSats(template['coinbasevalue'], 'coinbasevalue') - feesOf(offered.slice(count)),
    feesSats: feesOf(listed),
    coinbaseFlags,
    witnessCommitmentScript: isWhole ? commitment : commitment && commitmentTo(offeredJson.slice(0, count)),
    transactions: joinBytes(listed.map(({ data }) => data)),
    transactionCount: listed.length,
    transactionsWeight: weightOf(offeredJson.slice(0, count)),
    merklePath: merklePath(listed.map(({ txid }) => txid)),
    longpollId: readOptional(template, 'longpollid', readText),
  }
}

/** Without `mintime` (it came with BIP 23) nothing older than the node's own time is known to be good. */
function readMintime(template: JsonObject, ntime: number): number {
  return readOptional(template, 'mintime', (value, field) => readInteger(value, field, 0, ntime)) ?? ntime
}

interface ListedTransaction {
  /** Serialised with witness. */
  readonly data: Uint8Array
  /** 32 bytes, internal order. */
  readonly txid: Uint8Array
  readonly feeSats: bigint
}

function readTransaction(value: unknown, index: number): ListedTransaction {
  const field = `transactions[${index}]`
  const { data, txid, fee } = readObject(value, field)
  return {
    data: readHex(data, `${field}.data`),
    txid: readHash(txid, `${field}.txid`),
    feeSats: readSats(fee, `${field}.fee`),
  }
}

function feesOf(transactions: readonly ListedTransaction[]): bigint {
  return transactions.reduce((sum, { feeSats }) => sum + feeSats, 0n)
}

function readSats(value: unknown, field: string): bigint {
  return BigInt(readInteger(value, field, 0, MAX_MONEY_SATS))
}

function readNbits(value: unknown): number {
  const bytes = readHex(value, 'bits')
  const nbits = bytes.length === 4 ? new DataView(bytes.buffer).getUint32(0) : 0
  if (targetOfNbits(nbits) !== null) return nbits
  throw new TemplateError('malformed-template', 'bits', `"${value as string}" stands for no target`)
}

/** BIP 22: the values count, in the order they came; the keys do not. */
function readCoinbaseFlags(value: unknown, field: string): Uint8Array {
  const entries = Object.entries(readObject(value, field))
  return joinBytes(entries.map(([key, flags]) => readHex(flags, `${field}.${key}`)))
}

/** A block with a witness in it needs the commitment (BIP 141), and only the node knows it. */
function readCommitment(
  template: JsonObject,
  transactions: readonly ListedTransaction[],
): Uint8Array | undefined {
  const field = 'default_witness_commitment'
  const script = readOptional(template, field, readHex)
  if (script === undefined && transactions.some(({ data }) => isWitnessForm(data))) {
    throw new TemplateError('malformed-template', field, 'is missing, though transactions have witnesses')
  }
  if (script !== undefined && !isWitnessCommitmentScript(script)) {
    throw new TemplateError('malformed-template', field, 'is no commitment (BIP 141)')
  }
  return script
}

/** BIP 144: a zero where the number of inputs would stand. */
function isWitnessForm(data: Uint8Array): boolean {
  return data[4] === 0
}

function readOptional<T>(
  template: JsonObject,
  field: string,
  read: (value: unknown, field: string) => T,
): T | undefined {
  const value = template[field]
  return value === undefined ? undefined : read(value, field)
}
