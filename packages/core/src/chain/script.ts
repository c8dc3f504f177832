import { concatBytes } from '../bytes.js'

const OP_0 = 0x00
const OP_1 = 0x51
const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA2 = 0x4d

/** Most bytes a coinbase's input script may have; the least are 2 (Bitcoin Core `tx_check.cpp`, bad-cb-length). */
export const COINBASE_SCRIPT_MAX_SIZE = 100

/** The shortest script that pushes `data` as it is (Bitcoin Core `CScript::operator<<`). At most 65,535 bytes. */
export function pushData(data: Uint8Array): Uint8Array {
  const size = data.length
  if (size < OP_PUSHDATA1) return concatBytes(Uint8Array.of(size), data)
  if (size <= 0xff) return concatBytes(Uint8Array.of(OP_PUSHDATA1, size), data)
  if (size <= 0xffff) return concatBytes(Uint8Array.of(OP_PUSHDATA2, size & 0xff, size >>> 8), data)
  throw new RangeError(`a push of ${size} bytes is too large`)
}

/**
 * How a coinbase script must begin (BIP 34). The node compares it with `CScript() << nHeight`, so heights up to
 * 16 are single opcodes, and others a push of the shortest signed little-endian number.
 */
export function heightPush(height: number): Uint8Array {
  if (!Number.isInteger(height) || height < 0 || height > 0x7fffffff) {
    throw new RangeError(`${height} is no block height`)
  }
  if (height === 0) return Uint8Array.of(OP_0)
  if (height <= 16) return Uint8Array.of(OP_1 - 1 + height)
  const number: number[] = []
  for (let rest = height; rest > 0; rest >>>= 8) number.push(rest & 0xff)
  // The top bit of the last byte is the sign.
  if (number[number.length - 1]! >= 0x80) number.push(0)
  return Uint8Array.of(number.length, ...number)
}

/** The height a coinbase script begins with, or null when it does not begin as `heightPush` would write it. */
export function heightOfCoinbaseScript(script: Uint8Array): number | null {
  const opcode = script[0]
  if (opcode === undefined) return null
  if (opcode === OP_0) return 0
  if (opcode >= OP_1 && opcode < OP_1 + 16) return opcode - OP_1 + 1
  if (opcode > 4 || script.length <= opcode) return null
  let height = 0
  for (let i = opcode; i > 0; i--) height = height * 256 + script[i]!
  if (height > 0x7fffffff) return null
  const expected = heightPush(height)
  return expected.every((byte, i) => byte === script[i]) ? height : null
}
