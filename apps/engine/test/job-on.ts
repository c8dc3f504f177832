import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { planFor } from '@headframe/core/job/coinbase-plan'
import { buildJob } from '@headframe/core/job/build-job'
import type { Job } from '@headframe/core/job/job'
import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'

const DEFAULT_CREATED_AT_MS = 1_700_000_000_000

let jobNumber = 0

export interface JobOnOptions {
  /** How hard a block is; default: no test finds one. */
  readonly networkDifficulty?: number
  readonly createdAtMs?: number
}

/** What a node would offer on a tip that `tip` tells apart. */
export function templateOn(tip: number, options: JobOnOptions = {}): BlockTemplate {
  const { networkDifficulty = 1e12, createdAtMs = DEFAULT_CREATED_AT_MS } = options
  const nbits = nbitsOfTarget(targetOfDifficulty(networkDifficulty))
  const curtime = Math.floor(createdAtMs / 1000)
  return parseBlockTemplate({
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
}

/** A job as the node's template would make it. */
export function jobOn(tip: number, options: JobOnOptions = {}): Job {
  jobNumber++
  return buildJob({
    template: templateOn(tip, options),
    jobId: jobNumber.toString(16).padStart(8, '0'),
    plan: planFor(Uint8Array.from([0x00, 0x14, ...new Uint8Array(20)])),
    poolTag: '/Headframe/',
    cleanJobs: true,
    createdAtMs: options.createdAtMs ?? DEFAULT_CREATED_AT_MS,
  })
}
