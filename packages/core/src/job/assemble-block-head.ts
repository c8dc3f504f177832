import { compactSize, concatBytes } from '../bytes.js'
import { WITNESS_RESERVED_VALUE } from '../chain/witness.js'
import { assembleCoinbase } from './coinbase.js'
import type { Job } from './job.js'

/** Marker and flag of the witness form (BIP 144). */
const WITNESS_FORM = Uint8Array.of(0x00, 0x01)
/** The coinbase's witness: one item, the reserved value (BIP 141). */
const COINBASE_WITNESS = concatBytes(Uint8Array.of(1, WITNESS_RESERVED_VALUE.length), WITNESS_RESERVED_VALUE)

/**
 * What a block has of its own: header, number of transactions, coinbase. The job's other transactions follow, and
 * together they are the block as `submitblock` takes it. `header` is 80 bytes over the Merkle root that the extranonces
 * give. Throws RangeError when an extranonce has the wrong size.
 */
export function assembleBlockHead(
  job: Job,
  header: Uint8Array,
  extranonce1: Uint8Array,
  extranonce2: Uint8Array,
): Uint8Array {
  const coinbase = assembleCoinbase(job, extranonce1, extranonce2)
  return concatBytes(
    header,
    compactSize(job.transactionCount + 1),
    job.hasWitnessCommitment ? witnessForm(coinbase) : coinbase,
  )
}

/** Only version and locktime, four bytes each, stand outside marker and witness. */
function witnessForm(coinbase: Uint8Array): Uint8Array {
  return concatBytes(
    coinbase.subarray(0, 4),
    WITNESS_FORM,
    coinbase.subarray(4, -4),
    COINBASE_WITNESS,
    coinbase.subarray(-4),
  )
}
