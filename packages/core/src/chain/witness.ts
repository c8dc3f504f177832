import { concatBytes, equalBytes, hexToBytes } from '../bytes.js'
import { sha256d } from '../hash.js'
import type { Block } from './block.js'
import { merkleRoot } from './merkle.js'
import { wtxid, type Transaction } from './transaction.js'

/** In the witness tree the coinbase counts as this, and it is the reserved value every pool uses (BIP 141). */
export const WITNESS_RESERVED_VALUE: Uint8Array = new Uint8Array(32)

/** OP_RETURN, a push of 36 bytes, and the four bytes that mark the commitment (BIP 141). */
const COMMITMENT_HEAD = hexToBytes('6a24aa21a9ed')
const COMMITMENT_SCRIPT_SIZE = COMMITMENT_HEAD.length + 32

/** Merkle root over the wtxids of the transactions behind the coinbase, which itself counts as zero. */
export function witnessRoot(wtxids: readonly Uint8Array[]): Uint8Array {
  return merkleRoot([WITNESS_RESERVED_VALUE, ...wtxids])
}

/** 32 bytes: what the coinbase commits to. */
export function witnessCommitment(root: Uint8Array, reservedValue: Uint8Array): Uint8Array {
  return sha256d(concatBytes(root, reservedValue))
}

/** The output script that carries a commitment. */
export function witnessCommitmentScript(commitment: Uint8Array): Uint8Array {
  return concatBytes(COMMITMENT_HEAD, commitment)
}

/** The commitment of a coinbase, or undefined. The last output that has the form counts (BIP 141). */
export function findWitnessCommitment(coinbase: Transaction): Uint8Array | undefined {
  const output = coinbase.outputs.findLast(({ script }) => isWitnessCommitmentScript(script))
  return output?.script.subarray(COMMITMENT_HEAD.length, COMMITMENT_SCRIPT_SIZE)
}

/** Bytes may follow the commitment; they have no meaning (BIP 141). */
export function isWitnessCommitmentScript(script: Uint8Array): boolean {
  return script.length >= COMMITMENT_SCRIPT_SIZE && equalBytes(script.subarray(0, 6), COMMITMENT_HEAD)
}

/** The commitment that a block's coinbase must carry, from its transactions and reserved value. */
export function witnessCommitmentOf({ transactions }: Block): Uint8Array {
  const [coinbase, ...others] = transactions
  const reservedValue = coinbase?.inputs[0]?.witness[0] ?? WITNESS_RESERVED_VALUE
  return witnessCommitment(witnessRoot(others.map(wtxid)), reservedValue)
}
