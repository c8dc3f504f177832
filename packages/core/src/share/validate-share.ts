import { HEADER_SIZE } from '../chain/header.js'
import { isHashAtMost, targetOfNbits, targetToBytes } from '../chain/target.js'
import type { Hasher } from '../hash/hasher.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../job/job.js'
import { isNtimeHonest, isNtimeValid } from './ntime-window.js'
import { ShareHasher } from './share-hasher.js'
import type { AssignedJob, RejectReason, Submission } from './share.js'

/** What `validate` found. One object is used again and again: read or copy it before the next call. */
export interface ShareCheck {
  /** Why the submission earns nothing, as far as its own bytes tell; undefined when it is worth its difficulty. */
  reason: RejectReason | undefined
  /**
   * Whether the hash meets the network target: submit the block, whatever `reason` says. A block can be had with
   * a share that earns nothing (share target harder than the network's, ntime outside the pool's own rule).
   */
  isBlock: boolean
  /** Whether `header`, `hash` and `version` are those of this submission: false when it was refused before hashing. */
  isHashed: boolean
  /** The version field of the header, rolled bits included. */
  version: number
  /** 80 bytes. */
  readonly header: Uint8Array
  /** 32 bytes, internal order. */
  readonly hash: Uint8Array
}

/**
 * Judges submissions by their bytes. The order of the checks is money, and house rule: sizes, ntime, version bits,
 * hash, network target, share target. What a submission cannot say by itself (is its job known or stale, is its
 * hash new) is the caller's to ask. One instance a process: it keeps scratch memory, and allocates nothing a share.
 */
export class ShareValidator {
  readonly #check: ShareCheck = {
    reason: undefined,
    isBlock: false,
    isHashed: false,
    version: 0,
    header: new Uint8Array(HEADER_SIZE),
    hash: new Uint8Array(32),
  }
  readonly #shareHasher: ShareHasher
  #networkNbits: number | undefined
  #networkTarget: Uint8Array = new Uint8Array(32)

  /** `hasher` is the fastest of this machine, unless hashers are to be compared. */
  constructor(hasher?: Hasher) {
    this.#shareHasher = new ShareHasher(hasher)
  }

  /** `nowSeconds` is the wall clock, which nodes judge ntime by. Throws when the job's nbits stand for no target. */
  validate(
    assigned: AssignedJob,
    extranonce1: Uint8Array,
    submission: Submission,
    nowSeconds: number,
  ): Readonly<ShareCheck> {
    const check = this.#check
    const { job } = assigned
    check.isBlock = false
    check.isHashed = false
    check.reason = reasonBeforeHash(assigned, extranonce1, submission, nowSeconds)
    if (check.reason !== undefined) return check

    // A submit without version bits means the job's version as it was sent, set bits inside the mask included.
    const { versionBits, ntime } = submission
    check.version =
      versionBits === undefined
        ? job.version >>> 0
        : ((job.version & ~assigned.versionMask) | versionBits) >>> 0
    const { header, hash, version } = check
    const { extranonce2, nonce } = submission
    this.#shareHasher.hash(header, hash, job, extranonce1, extranonce2, version, ntime, nonce)
    check.isHashed = true
    check.isBlock = isHashAtMost(check.hash, this.#networkTargetOf(job.nbits))
    if (!isNtimeHonest(ntime, job.ntime, nowSeconds - job.createdAtMs / 1000)) check.reason = 'bad-ntime'
    else if (!isHashAtMost(check.hash, assigned.shareTarget)) check.reason = 'difficulty-too-low'
    return check
  }

  /** Kept until a job has other nbits, which happens every two weeks. */
  #networkTargetOf(nbits: number): Uint8Array {
    if (nbits !== this.#networkNbits) {
      const target = targetOfNbits(nbits)
      if (target === null) throw new Error(`the job's nbits ${nbits.toString(16)} stand for no target`)
      this.#networkTarget = targetToBytes(target)
      this.#networkNbits = nbits
    }
    return this.#networkTarget
  }
}

/** What can be refused without hashing: no block can come of it, or it cannot be told which header was meant. */
function reasonBeforeHash(
  assigned: AssignedJob,
  extranonce1: Uint8Array,
  submission: Submission,
  nowSeconds: number,
): RejectReason | undefined {
  const { extranonce2, ntime, versionBits } = submission
  if (extranonce1.length !== EXTRANONCE1_SIZE || extranonce2.length !== EXTRANONCE2_SIZE) {
    return 'bad-extranonce-size'
  }
  if (!isNtimeValid(ntime, assigned.job.mintime, nowSeconds)) return 'bad-ntime'
  // BIP 310: the bits that were rolled, and no other. Masking them away would hash another header.
  if (versionBits !== undefined && (versionBits & ~assigned.versionMask) !== 0) return 'bad-version-bits'
  return undefined
}
