import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { witnessCommitmentScript } from '@headframe/core/chain/witness'
import { buildJob } from '@headframe/core/job/build-job'
import { planFor } from '@headframe/core/job/coinbase-plan'
import type { DirectSplit } from '@headframe/core/job/direct-split'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import { Work } from '@headframe/engine/stratum/work'
import type { Goal, Row } from './report.js'
import { rowOfRounds } from './rounds.js'

/** Milliseconds. */
const GOAL: Goal = { atMost: 10 }
const ROUNDS = 20
const JOBS_PER_ROUND = 20
/** More than the largest size class holds. */
const PAYEES = 500
/** A block of some 4,000 transactions. */
const MERKLE_PATH_LENGTH = 12
const P2TR_HEAD = [0x51, 0x20]

/** From a template to the job and its notify in each size class, its miners so many that all classes differ. */
export function benchBuildJobs(): Row[] {
  const template = fullTemplate()
  const plan = planFor(scriptTo(PAYEES))
  const parts = { template, plan, direct: directTo(PAYEES), jobId: '00000001', poolTag: '/bench/' }
  const build = (): Work => new Work(buildJob({ ...parts, cleanJobs: true, createdAtMs: 0 }))
  const variants = 1 + build().job.largerSuffixes.length
  const milliseconds: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAtMs = performance.now()
    for (let job = 0; job < JOBS_PER_ROUND; job++) build()
    // The first round warms up.
    if (round > 0) milliseconds.push((performance.now() - startedAtMs) / JOBS_PER_ROUND)
  }
  const what = `build a job and its notify in ${variants} sizes of coinbase, ${PAYEES} payees`
  return [rowOfRounds({ what, unit: 'ms', goal: GOAL }, milliseconds)]
}

function scriptTo(number: number): Uint8Array {
  const key = new Uint8Array(32)
  new DataView(key.buffer).setUint32(0, number)
  return Uint8Array.of(...P2TR_HEAD, ...key)
}

/** Scores of the size that real ones have. */
function directTo(payeeCount: number): DirectSplit {
  const payees = Array.from({ length: payeeCount }, (_, number) => ({
    script: scriptTo(number),
    prefixBefore: BigInt(number) * SCORE_UNIT,
    prefixAfter: BigInt(number + 1) * SCORE_UNIT,
  }))
  const terms = { pplnsWindow: 4, feeBasisPoints: 100, finderBonusBasisPoints: 0 }
  return {
    window: { endPosition: 1n, endIndex: 1, ...terms },
    total: BigInt(payeeCount) * SCORE_UNIT,
    payees,
  }
}

/** As the template reader gives it: the transactions are bytes, and their Merkle path is made. */
function fullTemplate(): BlockTemplate {
  return {
    height: 950_000,
    version: 0x20000000,
    prevHash: new Uint8Array(32).fill(1),
    nbits: nbitsOfTarget(targetOfDifficulty(1e14)),
    ntime: 1_780_000_000,
    mintime: 1_780_000_000 - 600,
    coinbaseValueSats: 320_000_000n,
    feesSats: 7_500_000n,
    coinbaseFlags: new Uint8Array(0),
    witnessCommitmentScript: witnessCommitmentScript(new Uint8Array(32)),
    transactions: new Uint8Array(2_000_000),
    transactionCount: 4_000,
    transactionsWeight: 3_900_000,
    merklePath: Array.from({ length: MERKLE_PATH_LENGTH }, (_, index) => new Uint8Array(32).fill(index)),
    longpollId: undefined,
  }
}
