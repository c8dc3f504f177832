const HEX_DIGITS = '0123456789abcdef'
const NOT_HEX = 0xff
/** Value of each hex digit, by UTF-16 code unit: one entry for each there is, so that no index is out of bounds. */
const NIBBLES = new Uint8Array(0x10000).fill(NOT_HEX)
for (let value = 0; value < 16; value++) {
  NIBBLES[HEX_DIGITS.charCodeAt(value)] = value
  NIBBLES[HEX_DIGITS.toUpperCase().charCodeAt(value)] = value
}
const HEX_PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Largest size or count a peer may state, in bytes or items (Bitcoin Core `serialize.h` MAX_SIZE). */
export const MAX_COMPACT_SIZE = 0x02000000

/**
 * Bytes of a hex text in either case. Throws RangeError on an odd length or any other character.
 * A template is megabytes of hex: looking for a wrong digit once, at the end, halves the time (measured).
 */
export function hexToBytes(hex: string): Uint8Array {
  if (hex.length % 2 !== 0) throw new RangeError(`hex: odd length ${hex.length}`)
  const bytes = new Uint8Array(hex.length / 2)
  let seen = 0
  for (let i = 0; i < bytes.length; i++) {
    const high = NIBBLES[hex.charCodeAt(2 * i)]!
    const low = NIBBLES[hex.charCodeAt(2 * i + 1)]!
    seen |= high | low
    bytes[i] = (high << 4) | low
  }
  if (seen > 0xf) throw new RangeError('hex: not only hex digits')
  return bytes
}

/** Lower-case hex. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += HEX_PAIRS[byte]!
  return hex
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return joinBytes(parts)
}

/** `concatBytes` for a list of any length, which arguments cannot have. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0
  for (const part of parts) size += part.length
  const whole = new Uint8Array(size)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** A copy, last byte first. */
export function reversedBytes(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).reverse()
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, b) === 0
}

/** Order of the bytes as text would be ordered: -1, 0 or 1; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const common = Math.min(a.length, b.length)
  for (let i = 0; i < common; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1
  }
  if (a.length === b.length) return 0
  return a.length < b.length ? -1 : 1
}

/** Writes the low 32 bits of an integer of either sign, little-endian. */
export function writeUint32LE(out: Uint8Array, offset: number, value: number): void {
  out[offset] = value
  out[offset + 1] = value >>> 8
  out[offset + 2] = value >>> 16
  out[offset + 3] = value >>> 24
}

/** Four bytes, little-endian. */
export function uint32LE(value: number): Uint8Array {
  const out = new Uint8Array(4)
  writeUint32LE(out, 0, value)
  return out
}

/** Eight bytes, little-endian, of the low 64 bits. */
export function uint64LE(value: bigint): Uint8Array {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigUint64(0, value, true)
  return out
}

/**
 * Bitcoin's variable-length integer (Bitcoin Core `serialize.h` WriteCompactSize).
 * Throws RangeError when `n` is not an integer from 0 to 2^32 - 1.
 */
export function compactSize(n: number): Uint8Array {
  if (!Number.isInteger(n) || n < 0 || n > 0xffffffff)
    throw new RangeError(`compactSize: ${n} is out of range`)
  if (n < 0xfd) return Uint8Array.of(n)
  if (n <= 0xffff) return Uint8Array.of(0xfd, n & 0xff, n >>> 8)
  return concatBytes(Uint8Array.of(0xfe), uint32LE(n))
}

/**
 * Reads little-endian fields from the front of `bytes`. Each method takes the name of what it reads, and throws
 * a RangeError with that name when the bytes end before it does.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  u8(what = 'u8'): number {
    return this.#view.getUint8(this.#advance(1, what))
  }

  u16(what = 'u16'): number {
    return this.#view.getUint16(this.#advance(2, what), true)
  }

  u32(what = 'u32'): number {
    return this.#view.getUint32(this.#advance(4, what), true)
  }

  u64(what = 'u64'): bigint {
    return this.#view.getBigUint64(this.#advance(8, what), true)
  }

  /** A view of the next `size` bytes, not a copy. */
  bytes(size: number, what = 'bytes'): Uint8Array {
    const start = this.#advance(size, what)
    return this.#bytes.subarray(start, start + size)
  }

  /** Refuses what Bitcoin Core's ReadCompactSize refuses: a form longer than needed, a value over MAX_COMPACT_SIZE. */
  compactSize(what = 'compactSize'): number {
    const first = this.u8(what)
    if (first < 0xfd) return first
    const value = first === 0xfd ? this.u16(what) : first === 0xfe ? this.u32(what) : Number(this.u64(what))
    const shortest = first === 0xfd ? 0xfd : first === 0xfe ? 0x10000 : 0x100000000
    if (value < shortest) throw new RangeError(`${what}: the size ${value} is not in its shortest form`)
    if (value > MAX_COMPACT_SIZE) throw new RangeError(`${what}: the size ${value} is too large`)
    return value
  }

  /** Throws unless everything was read. */
  end(what = 'bytes'): void {
    if (this.remaining > 0) throw new RangeError(`${what}: ${this.remaining} bytes too many`)
  }

  #advance(size: number, what: string): number {
    if (size > this.remaining) {
      throw new RangeError(`${what}: ${size} bytes wanted at offset ${this.#offset}, ${this.remaining} left`)
    }
    const start = this.#offset
    this.#offset += size
    return start
  }
}
