import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { buildJob } from '@headframe/core/job/build-job'
import type { Job } from '@headframe/core/job/job'
import { parseBlockTemplate } from '@headframe/core/template/block-template'

let jobNumber = 0

export interface JobOnOptions {
  /** How hard a block is; default: no test finds one. */
  readonly networkDifficulty?: number
  readonly createdAtMs?: number
}

/** A job as the node's template would make it, on a tip that `tip` tells apart. */
export function jobOn(tip: number, options: JobOnOptions = {}): Job {
  const { networkDifficulty = 1e12, createdAtMs = 1_700_000_000_000 } = options
  const nbits = nbitsOfTarget(targetOfDifficulty(networkDifficulty))
  const curtime = Math.floor(createdAtMs / 1000)
  const template = parseBlockTemplate({
    version: 0x20000000,
    rules: ['csv', '!segwit', 'taproot'],
    previousblockhash: tip.toString(16).padStart(64, '0'),
    transactions: [],
    coinbaseaux: {},
    coinbasevalue: 312_500_000,
    longpollid: 'x',
    target: targetOfDifficulty(networkDifficulty).toString(16).padStart(64, '0'),
    mintime: curtime - 600,
    curtime,
    bits: nbits.toString(16).padStart(8, '0'),
    height: 900_000 + tip,
    mutable: ['time', 'transactions', 'prevblock'],
    noncerange: '00000000ffffffff',
    sigoplimit: 80_000,
    sizelimit: 4_000_000,
    weightlimit: 4_000_000,
    default_witness_commitment:
      '6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9',
  })
  jobNumber++
  return buildJob({
    template,
    jobId: jobNumber.toString(16).padStart(8, '0'),
    poolScript: Uint8Array.from([0x00, 0x14, ...new Uint8Array(20)]),
    poolTag: '/Headframe/',
    cleanJobs: true,
    createdAtMs,
  })
}
