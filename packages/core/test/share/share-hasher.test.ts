import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes } from '../../src/bytes.js'
import { parseBlock } from '../../src/chain/block.js'
import { displayHash, HEADER_SIZE } from '../../src/chain/header.js'
import { merklePath } from '../../src/chain/merkle.js'
import { serialiseWithoutWitness, txid } from '../../src/chain/transaction.js'
import { hashers } from '../../src/hash.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '../../src/job/job.js'
import { ShareHasher } from '../../src/share/share-hasher.js'
import { bytesOfSize, hash as hashArbitrary, uint32 } from '../arbitraries.js'
import { blockVectors } from '../read-vectors.js'
import { JOB } from './share-case.js'

const EXTRANONCE_SIZE = EXTRANONCE1_SIZE + EXTRANONCE2_SIZE
const MAX_DEPTH = 14

interface Case {
  readonly job: Job
  readonly extranonce1: Uint8Array
  readonly extranonce2: Uint8Array
  readonly version: number
  readonly ntime: number
  readonly nonce: number
}

interface Hashed {
  readonly header: string
  readonly hash: string
}

function hashWith(hasher: ShareHasher, share: Case): Hashed {
  const header = new Uint8Array(HEADER_SIZE)
  const hash = new Uint8Array(32)
  const { job, extranonce1, extranonce2, version, ntime, nonce } = share
  hasher.hash(header, hash, job, extranonce1, extranonce2, version, ntime, nonce)
  return { header: bytesToHex(header), hash: bytesToHex(hash) }
}

function doubleHash(...pieces: Uint8Array[]): Buffer {
  const once = createHash('sha256').update(Buffer.concat(pieces)).digest()
  return createHash('sha256').update(once).digest()
}

function uint32Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** By the definition, sharing nothing with the code under test. */
function reference({ job, extranonce1, extranonce2, version, ntime, nonce }: Case): Hashed {
  const { coinbasePrefix, coinbaseSuffix, prevHash, nbits } = job
  let root = doubleHash(coinbasePrefix, extranonce1, extranonce2, coinbaseSuffix)
  for (const sibling of job.merklePath) root = doubleHash(root, sibling)
  const header = Buffer.concat([
    ...[uint32Bytes(version), prevHash, root],
    ...[ntime, nbits, nonce].map(uint32Bytes),
  ])
  return { header: header.toString('hex'), hash: doubleHash(header).toString('hex') }
}

/** Coinbases of 13 to 6500 bytes, most of them small, cut open anywhere. */
const coinbase = fc
  .oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 300, max: 6500 - EXTRANONCE_SIZE }))
  .chain((size) =>
    fc.record({
      bytes: bytesOfSize(size),
      at: fc.integer({ min: 0, max: size }),
    }),
  )

const share: fc.Arbitrary<Case> = fc
  .record({
    coinbase,
    path: fc.array(hashArbitrary, { maxLength: MAX_DEPTH }),
    prevHash: hashArbitrary,
    extranonce1: bytesOfSize(EXTRANONCE1_SIZE),
    extranonce2: bytesOfSize(EXTRANONCE2_SIZE),
    numbers: fc.record({ version: uint32, ntime: uint32, nonce: uint32, nbits: uint32 }),
  })
  .map(({ coinbase: { bytes, at }, path, prevHash, extranonce1, extranonce2, numbers }) => ({
    job: {
      ...JOB,
      prevHash,
      nbits: numbers.nbits,
      coinbasePrefix: bytes.subarray(0, at),
      coinbaseSuffix: bytes.subarray(at),
      merklePath: path,
    },
    extranonce1,
    extranonce2,
    ...numbers,
  }))

/** The share that is a block, its coinbase cut open at byte `at`. */
function shareOfBlock(hex: string, at: number): Case {
  const { header, transactions } = parseBlock(hexToBytes(hex))
  const [first, ...others] = transactions
  const bytes = serialiseWithoutWitness(first!)
  const extranonces = bytes.subarray(at, at + EXTRANONCE_SIZE)
  const job: Job = {
    ...JOB,
    prevHash: header.prevHash,
    nbits: header.nbits,
    coinbasePrefix: bytes.subarray(0, at),
    coinbaseSuffix: bytes.subarray(at + EXTRANONCE_SIZE),
    merklePath: merklePath(others.map(txid)),
  }
  return {
    job,
    extranonce1: extranonces.subarray(0, EXTRANONCE1_SIZE),
    extranonce2: extranonces.subarray(EXTRANONCE1_SIZE),
    version: header.version,
    ntime: header.ntime,
    nonce: header.nonce,
  }
}

describe.each(hashers)('a share hashed with $name', (hasher) => {
  const shareHasher = new ShareHasher(hasher)

  it.each(blockVectors())('is block $height of $network', ({ hash, hex }) => {
    for (const at of [0, 42, 51, 64]) {
      const hashed = hashWith(shareHasher, shareOfBlock(hex, at))
      expect(displayHash(hexToBytes(hashed.hash))).toBe(hash)
      expect(hashed.header).toBe(hex.slice(0, 2 * HEADER_SIZE))
    }
  })

  it('has the hash that the definition gives', () => {
    fc.assert(
      fc.property(share, (one) => {
        expect(hashWith(shareHasher, one)).toEqual(reference(one))
      }),
    )
  })

  it.each([100, 250, 1000, 6500])('has it for every Merkle depth, coinbase of %d bytes', (size) => {
    const halves = new Uint8Array(size - EXTRANONCE_SIZE).map((_, i) => (i * 89) & 0xff)
    for (let depth = 0; depth <= MAX_DEPTH; depth++) {
      const path = Array.from({ length: depth }, (_, i) => new Uint8Array(32).fill(i + 1))
      const one: Case = {
        job: {
          ...JOB,
          coinbasePrefix: halves.subarray(0, 80),
          coinbaseSuffix: halves.subarray(80),
          merklePath: path,
        },
        extranonce1: new Uint8Array(EXTRANONCE1_SIZE).fill(depth),
        extranonce2: new Uint8Array(EXTRANONCE2_SIZE).fill(0xee),
        version: 0xffffffff,
        ntime: depth,
        nonce: 0x80000000,
      }
      expect(hashWith(shareHasher, one)).toEqual(reference(one))
    }
  })

  it('takes shares of many jobs in any order, and repeats itself', () => {
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(19), { maxLength: 60 }),
        (shares, order) => {
          for (const index of order) {
            const one = shares[index % shares.length]!
            expect(hashWith(shareHasher, one)).toEqual(reference(one))
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('writes no more than header and hash', () => {
    const memory = new Uint8Array(200).fill(0x5a)
    const one = shareOfBlock(blockVectors()[0]!.hex, 42)
    const { job, extranonce1, extranonce2, version, ntime, nonce } = one
    const header = memory.subarray(10, 90)
    shareHasher.hash(header, memory.subarray(100, 132), job, extranonce1, extranonce2, version, ntime, nonce)
    const expected = reference(one)
    expect(bytesToHex(memory)).toBe(
      bytesToHex(
        concatBytes(
          new Uint8Array(10).fill(0x5a),
          hexToBytes(expected.header),
          new Uint8Array(10).fill(0x5a),
          hexToBytes(expected.hash),
          new Uint8Array(68).fill(0x5a),
        ),
      ),
    )
  })
})
