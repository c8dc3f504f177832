import { HEADER_SIZE } from '@headframe/core/chain/header'
import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { fastestHasher, hashers } from '@headframe/core/hash'
import type { Hasher } from '@headframe/core/hash/hasher'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { ShareHasher } from '@headframe/core/share/share-hasher'
import { ShareValidator } from '@headframe/core/share/validate-share'
import { COINBASE_SIZE, mainnetLikeJob, MERKLE_PATH_LENGTH } from './mainnet-like-job.js'
import type { Goal, Row } from './report.js'
import { rowOfRounds } from './rounds.js'

/** Of the hasher in use. */
const GOAL: Goal = { atMost: 3 }
const ROUNDS = 20
const SHARES_PER_ROUND = 5000

const job = mainnetLikeJob()
const extranonce1 = new Uint8Array(EXTRANONCE1_SIZE)
const extranonce2 = new Uint8Array(EXTRANONCE2_SIZE)

/**
 * One share through the hashes, and through all checks, without socket, journal or JSON: the floor of the cost of a
 * share. With every hasher that this machine has; the first is the one in use.
 */
export function benchValidateShare(): Row[] {
  return hashers.flatMap((hasher) => [
    measure('hash a share', hasher, hashOnly(hasher)),
    measure('validate a share', hasher, validateWhole(hasher)),
  ])
}

/** Coinbase, Merkle root, header, hash. */
function hashOnly(hasher: Hasher): (nonce: number) => void {
  const shareHasher = new ShareHasher(hasher)
  const header = new Uint8Array(HEADER_SIZE)
  const hash = new Uint8Array(32)
  return (nonce) =>
    shareHasher.hash(header, hash, job, extranonce1, extranonce2, job.version, job.ntime, nonce)
}

function validateWhole(hasher: Hasher): (nonce: number) => void {
  const validator = new ShareValidator(hasher)
  const shareTarget = targetToBytes(targetOfDifficulty(1e-9))
  const assigned = { job, extranonce1, assignedDifficulty: 1e-9, shareTarget, versionMask: 0x1fffe000 }
  const submission = {
    wireJobId: '0000000100',
    extranonce2,
    ntime: job.ntime,
    nonce: 0,
    versionBits: 0x2000,
  }
  return (nonce) => {
    submission.nonce = nonce
    validator.validate(assigned, extranonce1, submission, job.ntime)
  }
}

function measure(what: string, hasher: Hasher, run: (nonce: number) => void): Row {
  const microseconds: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAtMs = performance.now()
    for (let nonce = 0; nonce < SHARES_PER_ROUND; nonce++) run(nonce)
    // The first round warms up.
    if (round > 0) microseconds.push(((performance.now() - startedAtMs) * 1000) / SHARES_PER_ROUND)
  }
  const row = {
    what: `${what} (${hasher.name}), ${COINBASE_SIZE}-byte coinbase, ${MERKLE_PATH_LENGTH} branches`,
    unit: 'us',
  }
  return rowOfRounds(hasher === fastestHasher ? { ...row, goal: GOAL } : row, microseconds)
}
