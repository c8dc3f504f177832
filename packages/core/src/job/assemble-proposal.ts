import { serialiseHeader } from '../chain/header.js'
import { rootFromPath } from '../chain/merkle.js'
import { sha256d } from '../hash.js'
import { assembleBlockHead } from './assemble-block-head.js'
import { assembleCoinbase } from './coinbase.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from './job.js'

const EXTRANONCE1 = new Uint8Array(EXTRANONCE1_SIZE)
const EXTRANONCE2 = new Uint8Array(EXTRANONCE2_SIZE)

/**
 * What a block of the job has of its own (`assembleBlockHead`), without work: a node that is asked whether it would
 * take the block (BIP 23, "proposal") does not look at its hash.
 */
export function assembleProposal(job: Job): Uint8Array {
  const coinbase = assembleCoinbase(job, EXTRANONCE1, EXTRANONCE2)
  const merkleRoot = rootFromPath(sha256d(coinbase), job.merklePath)
  return assembleBlockHead(job, serialiseHeader({ ...job, merkleRoot, nonce: 0 }), EXTRANONCE1, EXTRANONCE2)
}
