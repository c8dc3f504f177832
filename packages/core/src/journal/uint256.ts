/** 256-bit numbers as 32 bytes, big-endian: the form in which work is summed and hashed. */
export const UINT256_BYTES = 32

/** Throws RangeError unless 0 <= `value` < 2^256. */
export function uint256ToBytes(value: bigint): Uint8Array {
  if (value < 0n || value >> 256n !== 0n) throw new RangeError(`${value} does not fit in 256 bits`)
  const bytes = new Uint8Array(UINT256_BYTES)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < 4; i++) view.setBigUint64(8 * i, BigInt.asUintN(64, value >> BigInt(192 - 64 * i)))
  return bytes
}

export function uint256OfBytes(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, UINT256_BYTES)
  let value = 0n
  for (let i = 0; i < 4; i++) value = (value << 64n) | view.getBigUint64(8 * i)
  return value
}

/**
 * Writes the sum of the numbers at `a[aOffset]` and `b[bOffset]` to `out[outOffset]`, which may be one of them.
 * Throws RangeError when it needs more than 256 bits.
 */
export function addUint256(
  out: Uint8Array,
  outOffset: number,
  a: Uint8Array,
  aOffset: number,
  b: Uint8Array,
  bOffset: number,
): void {
  let carry = 0
  for (let i = UINT256_BYTES - 1; i >= 0; i--) {
    carry += a[aOffset + i]! + b[bOffset + i]!
    out[outOffset + i] = carry
    carry >>>= 8
  }
  if (carry !== 0) throw new RangeError('a sum of work does not fit in 256 bits')
}
