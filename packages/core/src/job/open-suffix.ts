import { concatBytes } from '../bytes.js'
import { serialiseOutput } from '../chain/transaction.js'

/**
 * What stands behind the extranonces of a coinbase that pays its finder: his output, the first, is still open. One for
 * all miners of a solo port; each one's coinbase is this and his script.
 */
export interface OpenSuffix {
  readonly head: Uint8Array
  /** What the finder gets. */
  readonly payoutSats: bigint
  readonly tail: Uint8Array
}

/** The suffix of the coinbase that pays `script`. */
export function fillSuffix({ head, payoutSats, tail }: OpenSuffix, script: Uint8Array): Uint8Array {
  return concatBytes(head, serialiseOutput({ valueSats: payoutSats, script }), tail)
}
