/**
 * Targets, difficulties and work. A target is a bigint from 0 to 2^256 - 1; a hash, read as a little-endian
 * number, meets it when it is not above it (Bitcoin Core `pow.cpp`).
 */
const MAX_UINT256 = (1n << 256n) - 1n

/** The target whose difficulty is 1: nbits 0x1d00ffff. */
export const DIFFICULTY_1_TARGET = 0xffffn << 208n

/**
 * The target that `nbits` stands for, or null when it stands for none: negative, above 256 bits, or zero
 * (Bitcoin Core `arith_uint256::SetCompact`, `pow.cpp` DeriveTarget). The limit of a network is not looked at.
 */
export function targetOfNbits(nbits: number): bigint | null {
  const size = nbits >>> 24
  const word = nbits & 0x007fffff
  const target = size <= 3 ? BigInt(word >>> (8 * (3 - size))) : BigInt(word) << BigInt(8 * (size - 3))
  const isNegative = (nbits & 0x00800000) !== 0
  return target === 0n || isNegative || target > MAX_UINT256 ? null : target
}

/** The compact form, which keeps the top 15 to 24 bits of a target (Bitcoin Core `arith_uint256::GetCompact`). */
export function nbitsOfTarget(target: bigint): number {
  let size = Math.ceil(target.toString(16).length / 2)
  if (target === 0n) size = 0
  let word = size <= 3 ? Number(target) << (8 * (3 - size)) : Number(target >> BigInt(8 * (size - 3)))
  // The bit 0x00800000 is the sign: a word that would set it moves down one byte.
  if ((word & 0x00800000) !== 0) {
    word >>>= 8
    size++
  }
  return ((size << 24) | word) >>> 0
}

/** Ratio of the difficulty-1 target to `target`; Infinity for 0. */
export function difficultyOfTarget(target: bigint): number {
  return Number(DIFFICULTY_1_TARGET) / Number(target)
}

/** Difficulty of a block with these nbits. Throws RangeError when they stand for no target. */
export function difficultyOfNbits(nbits: number): number {
  const target = targetOfNbits(nbits)
  if (target === null) throw new RangeError(`nbits ${(nbits >>> 0).toString(16)} stand for no target`)
  return difficultyOfTarget(target)
}

const doubleView = new DataView(new ArrayBuffer(8))
const FRACTION_BITS = 52n
const FRACTION_MASK = (1n << FRACTION_BITS) - 1n

/**
 * The largest target of at least this difficulty: floor(DIFFICULTY_1_TARGET / difficulty), at most 2^256 - 1.
 * Exact: a double is an integer times a power of two, so the quotient is one of integers.
 * Throws RangeError unless `difficulty` is finite and above 0.
 */
export function targetOfDifficulty(difficulty: number): bigint {
  if (!Number.isFinite(difficulty) || difficulty <= 0) throw new RangeError(`${difficulty} is no difficulty`)
  doubleView.setFloat64(0, difficulty)
  const bits = doubleView.getBigUint64(0)
  // IEEE 754. A subnormal number has no implicit 1: it comes out too large, and its target at the limit all the same.
  const mantissa = (bits & FRACTION_MASK) | (1n << FRACTION_BITS)
  const exponent = (bits >> FRACTION_BITS) - 1075n
  const target =
    exponent >= 0n
      ? DIFFICULTY_1_TARGET / (mantissa << exponent)
      : (DIFFICULTY_1_TARGET << -exponent) / mantissa
  return target > MAX_UINT256 ? MAX_UINT256 : target
}

/** Expected hashes until one meets the target: floor(2^256 / (target + 1)) (Bitcoin Core `chain.cpp` GetBlockProof). */
export function workOfTarget(target: bigint): bigint {
  return (1n << 256n) / (target + 1n)
}

/** Work of a share that credits `difficulty`. Throws as `targetOfDifficulty` does. */
export function workOfDifficulty(difficulty: number): bigint {
  return workOfTarget(targetOfDifficulty(difficulty))
}

/** 32 bytes, little-endian: the form `isHashAtMost` compares. */
export function targetToBytes(target: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < 4; i++) view.setBigUint64(8 * i, target >> BigInt(64 * i), true)
  return bytes
}

/** The number that 32 little-endian bytes stand for: the inverse of `targetToBytes`, and a hash as a number. */
export function targetOfBytes(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 32)
  let target = 0n
  for (let i = 3; i >= 0; i--) target = (target << 64n) | view.getBigUint64(8 * i, true)
  return target
}

/** 32 little-endian bytes as the nearest double or one beside it; of two hashes the lower never has the higher one. */
export function numberOfHash(hash: Uint8Array): number {
  let number = 0
  for (let i = 31; i >= 0; i--) number = number * 256 + hash[i]!
  return number
}

/** Whether a hash meets a target, both 32 bytes little-endian. */
export function isHashAtMost(hash: Uint8Array, targetBytes: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = hash[i]! - targetBytes[i]!
    if (difference !== 0) return difference < 0
  }
  return true
}
