import { targetOfNbits, workOfDifficulty, workOfTarget } from '../chain/target.js'

/**
 * What a share is worth to PPLNS: its work as a part of the work of a block at the time, in units of 2^-96. A share
 * that is worth a whole block scores SCORE_UNIT. Because the network's difficulty is that of the share's own job,
 * a retarget changes nothing for shares that are in already.
 */
export const SCORE_UNIT = 1n << 96n

/**
 * Score of a share of `assignedDifficulty` on a job with `networkNbits`. Throws RangeError when either stands for no
 * target.
 */
export function scoreOfShare(assignedDifficulty: number, networkNbits: number): bigint {
  return scoreOfWork(workOfDifficulty(assignedDifficulty), workOfNbits(networkNbits))
}

/** floor(work * 2^96 / networkWork), both in expected hashes. */
export function scoreOfWork(work: bigint, networkWork: bigint): bigint {
  return (work * SCORE_UNIT) / networkWork
}

/** Expected hashes of a block with these nbits. Throws RangeError when they stand for no target. */
export function workOfNbits(nbits: number): bigint {
  const target = targetOfNbits(nbits)
  if (target === null) throw new RangeError(`nbits ${(nbits >>> 0).toString(16)} stand for no target`)
  return workOfTarget(target)
}
