import { compactSize } from '../bytes.js'
import { WITNESS_SCALE_FACTOR } from '../chain/block-limits.js'
import { HEADER_SIZE } from '../chain/header.js'
import {
  WITNESS_RESERVED_VALUE,
  witnessCommitment,
  witnessCommitmentScript,
  witnessRoot,
} from '../chain/witness.js'
import { readHash, readInteger, readObject, type JsonObject } from './read-field.js'

/** What something takes of the limits of a block, or what they are. */
export interface BlockCost {
  /** BIP 141. */
  readonly weight: number
  /** With witness. */
  readonly sizeBytes: number
  /** Signature operations as BIP 141 counts them: those outside of a witness four times. */
  readonly sigops: number
}

export const NO_COST: BlockCost = { weight: 0, sizeBytes: 0, sigops: 0 }

const MAX_UINT32 = 0xffffffff

/** BIP 22 and 145: what a block may come to, its coinbase included. Infinity where the node names no limit. */
export function readLimits(template: JsonObject): BlockCost {
  const read = (field: string): number =>
    template[field] === undefined ? Infinity : readInteger(template[field], field, 0, MAX_UINT32)
  return { weight: read('weightlimit'), sizeBytes: read('sizelimit'), sigops: read('sigoplimit') }
}

/**
 * How many of the template's transactions, from the first on, leave room for a coinbase of this cost: nearly always
 * all, because nodes leave some (Bitcoin Core: 8,000 of weight, 400 of signature operations). Others are let go from
 * the end, where none has a child left behind (BIP 22: each stands behind those it depends on). `sizesBytes` are theirs.
 */
export function countFitting(
  template: JsonObject,
  transactions: readonly unknown[],
  sizesBytes: readonly number[],
  coinbase: BlockCost,
): number {
  const limits = readLimits(template)
  // The number of transactions is counted at its largest.
  const frameBytes = HEADER_SIZE + compactSize(transactions.length + 1).length
  let weight = frameBytes * WITNESS_SCALE_FACTOR + coinbase.weight
  let sizeBytes = frameBytes + coinbase.sizeBytes
  let { sigops } = coinbase
  for (let index = 0; index < transactions.length; index++) {
    const field = `transactions[${index}]`
    const transaction = readObject(transactions[index], field)
    weight += readWeight(transaction, field)
    sigops += readInteger(transaction['sigops'], `${field}.sigops`, 0, MAX_UINT32)
    sizeBytes += sizesBytes[index]!
    if (weight > limits.weight || sizeBytes > limits.sizeBytes || sigops > limits.sigops) return index
  }
  return transactions.length
}

/** Of these transactions of a template. */
export function weightOf(transactions: readonly unknown[]): number {
  return transactions.reduce<number>((sum, transaction, index) => {
    const field = `transactions[${index}]`
    return sum + readWeight(readObject(transaction, field), field)
  }, 0)
}

function readWeight(transaction: JsonObject, field: string): number {
  return readInteger(transaction['weight'], `${field}.weight`, 0, MAX_UINT32)
}

/** The output script that commits to the witnesses of these transactions of a template, and no others (BIP 141). */
export function commitmentTo(transactions: readonly unknown[]): Uint8Array {
  const wtxids = transactions.map((transaction, index) => {
    const field = `transactions[${index}]`
    return readHash(readObject(transaction, field)['hash'], `${field}.hash`)
  })
  return witnessCommitmentScript(witnessCommitment(witnessRoot(wtxids), WITNESS_RESERVED_VALUE))
}
