import { compactSize, concatBytes } from '../bytes.js'

/**
 * What stands behind the extranonces of a coinbase that pays its finder, but for his script: whose it is is still open.
 * One for all miners of a solo port; each one's coinbase is this and his script.
 */
export interface OpenSuffix {
  readonly bytes: Uint8Array
  /** How many of the bytes stand in front of the script and its size. */
  readonly payoutAt: number
}

/** The suffix of the coinbase that pays `script`. */
export function fillSuffix({ bytes, payoutAt }: OpenSuffix, script: Uint8Array): Uint8Array {
  return concatBytes(
    bytes.subarray(0, payoutAt),
    compactSize(script.length),
    script,
    bytes.subarray(payoutAt),
  )
}
