import { SUBSIDY_SATS } from './found-block.js'
import { NBITS_1, START_MS } from './test-writer.js'

/** A block that addrA has found, with only its hash to tell it from others. */
export const candidateOf = (hash: string) => ({
  hash,
  height: 7,
  nbits: NBITS_1,
  foundAtMs: START_MS,
  address: 'addrA',
  workerName: 'rig',
  mode: 'pplns' as const,
  coinbaseValueSats: SUBSIDY_SATS,
  feesSats: 0n,
  writerId: 's00-test',
  incarnation: 1,
  windowEndShareSeq: 1n,
})
