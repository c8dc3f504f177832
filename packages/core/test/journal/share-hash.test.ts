import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { displayHash, parseDisplayHash } from '../../src/chain/header.js'
import type { Job } from '../../src/job/job.js'
import type { JobContent } from '../../src/journal/segment.js'
import { shareCoinbase, shareHash, shareHeader } from '../../src/journal/share-hash.js'
import { ShareValidator } from '../../src/share/validate-share.js'
import { job as anyJob, share as anyShare } from './segment-arbitrary.js'

interface RealBlock {
  readonly hash: string
  readonly header: { version: number; prevHash: string; ntime: number; nbits: number; nonce: number }
  readonly coinbase: string
  readonly merklePath: string[]
}

const GENESIS: RealBlock = {
  hash: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  header: { version: 1, prevHash: '0'.repeat(64), ntime: 1231006505, nbits: 0x1d00ffff, nonce: 2083236893 },
  coinbase:
    '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054' +
    '696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420' +
    '666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61' +
    'deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
  merklePath: [],
}

/** The first block with a transaction besides the coinbase. */
const BLOCK_170: RealBlock = {
  hash: '00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee',
  header: {
    version: 1,
    prevHash: '000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55',
    ntime: 1231731025,
    nbits: 0x1d00ffff,
    nonce: 1889418792,
  },
  coinbase:
    '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0704ffff001d0102ffffffff0100' +
    'f2052a01000000434104d46c4968bde02899d2aa0963367c7a6ce34eec332b32e42e5f3407e052d64ac625da6f0718e7b302140434bd72' +
    '5706957c092db53805b821a85b23a7ac61725bac00000000',
  merklePath: ['f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16'],
}

describe('the hash of a share, made again from the archive', () => {
  it.each([GENESIS, BLOCK_170])('is that of the real block $hash', (block) => {
    const coinbase = hexToBytes(block.coinbase)
    const { header } = block
    const job: JobContent = {
      ...header,
      jobId: '00000000',
      height: 0,
      prevHash: parseDisplayHash(header.prevHash),
      coinbasePrefix: coinbase.subarray(0, 42),
      coinbaseSuffix: coinbase.subarray(55),
      merklePath: block.merklePath.map(parseDisplayHash),
    }
    const share = {
      ...header,
      acceptedAtMs: 0,
      assignedDifficulty: 1,
      extranonce1: coinbase.subarray(42, 47),
      extranonce2: coinbase.subarray(47, 55),
    }
    expect(bytesToHex(shareCoinbase(job, share))).toBe(block.coinbase)
    expect(displayHash(shareHash(job, share))).toBe(block.hash)
  })

  it('is what the pool validated', () => {
    const validator = new ShareValidator()
    fc.assert(
      fc.property(anyJob, anyShare, (content, given) => {
        const nowSeconds = 1_800_000_000
        const job: Job = {
          ...content,
          nbits: 0x1d00ffff,
          ntime: nowSeconds,
          mintime: nowSeconds,
          largerSuffixes: [],
          soloSuffix: { bytes: new Uint8Array(60), payoutAt: 20 },
          coinbaseValueSats: 0n,
          feesSats: 0n,
          hasWitnessCommitment: true,
          transactionsId: '0000002a',
          transactionCount: 0,
          transactionsSize: 0,
          cleanJobs: false,
          createdAtMs: nowSeconds * 1000,
        }
        const versionMask = 0x1fffe000
        const share = {
          ...given,
          ntime: nowSeconds,
          version: ((job.version & ~versionMask) | (given.version & versionMask)) >>> 0,
        }
        const { extranonce1, extranonce2, nonce } = share
        const assigned = {
          job,
          extranonce1,
          assignedDifficulty: 1,
          shareTarget: new Uint8Array(32),
          versionMask,
        }
        const submission = {
          extranonce2,
          ntime: nowSeconds,
          nonce,
          versionBits: share.version & versionMask,
        }
        const check = validator.validate(assigned, extranonce1, submission, nowSeconds)
        expect(check.isHashed).toBe(true)
        expect(shareHeader(job, share)).toEqual(check.header)
        expect(shareHash(job, share)).toEqual(check.hash)
      }),
    )
  })
})
