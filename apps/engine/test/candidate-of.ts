import type { BlockCandidate } from '@headframe/core/block/candidate'

/** A candidate on regtest; `fields` are what the test is about. */
export function candidateOf(fields: Partial<BlockCandidate> & Pick<BlockCandidate, 'hash'>): BlockCandidate {
  return {
    height: 7,
    nbits: 0x207fffff,
    foundAtMs: 0,
    address: 'addrAnna',
    workerName: 'rig',
    mode: 'pplns',
    coinbaseValueSats: 1n,
    feesSats: 0n,
    writerId: 's00-00000000',
    incarnation: 1,
    windowEndShareSeq: 1n,
    ...fields,
  }
}
