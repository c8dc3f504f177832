import { bytesToHex, ByteReader, hexToBytes, reversedBytes, writeUint32LE } from '../bytes.js'
import { sha256d } from '../hash.js'

export const HEADER_SIZE = 80

/** The six fields of a block header. Hashes are 32 bytes in internal order, numbers unsigned 32-bit. */
export interface BlockHeader {
  readonly version: number
  readonly prevHash: Uint8Array
  readonly merkleRoot: Uint8Array
  /** Seconds since the epoch. */
  readonly ntime: number
  readonly nbits: number
  readonly nonce: number
}

/** Writes the 80 bytes that miners hash. Flat, because it runs once a share. */
export function writeHeader(
  out: Uint8Array,
  version: number,
  prevHash: Uint8Array,
  merkleRoot: Uint8Array,
  ntime: number,
  nbits: number,
  nonce: number,
): void {
  writeUint32LE(out, 0, version)
  out.set(prevHash, 4)
  out.set(merkleRoot, 36)
  writeUint32LE(out, 68, ntime)
  writeUint32LE(out, 72, nbits)
  writeUint32LE(out, 76, nonce)
}

export function serialiseHeader(header: BlockHeader): Uint8Array {
  const { version, prevHash, merkleRoot, ntime, nbits, nonce } = header
  const out = new Uint8Array(HEADER_SIZE)
  writeHeader(out, version, prevHash, merkleRoot, ntime, nbits, nonce)
  return out
}

/** Reads 80 bytes; throws RangeError when there are fewer. The hashes are views of what `reader` reads. */
export function readHeader(reader: ByteReader): BlockHeader {
  return {
    version: reader.u32('version'),
    prevHash: reader.bytes(32, 'previous block hash'),
    merkleRoot: reader.bytes(32, 'Merkle root'),
    ntime: reader.u32('ntime'),
    nbits: reader.u32('nbits'),
    nonce: reader.u32('nonce'),
  }
}

/** Throws RangeError unless `bytes` are exactly a header. */
export function parseHeader(bytes: Uint8Array): BlockHeader {
  const reader = new ByteReader(bytes)
  const header = readHeader(reader)
  reader.end('header')
  return header
}

/** Hash of an 80-byte header, 32 bytes, internal order. */
export function blockHash(header: Uint8Array): Uint8Array {
  return sha256d(header)
}

/** A hash as people and RPC see it: hex, most significant byte first. */
export function displayHash(hash: Uint8Array): string {
  return bytesToHex(reversedBytes(hash))
}

/** The inverse of `displayHash`. Throws RangeError unless `hex` is 64 hex digits. */
export function parseDisplayHash(hex: string): Uint8Array {
  if (hex.length !== 64) throw new RangeError(`a hash has 64 hex digits, not ${hex.length}`)
  return hexToBytes(hex).reverse()
}
