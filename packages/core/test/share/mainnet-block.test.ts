import { expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { displayHash, parseDisplayHash, parseHeader } from '../../src/chain/header.js'
import { targetOfDifficulty, targetToBytes } from '../../src/chain/target.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '../../src/job/job.js'
import { ShareValidator } from '../../src/share/validate-share.js'
import { JOB } from './share-case.js'

/** Mainnet block 170, as every node serves it: header, coinbase, and the txid of its other transaction. */
const HEADER =
  '0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70'
const COINBASE =
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0704ffff001d0102ffffffff0100f2052a01000000434104d46c4968bde02899d2aa0963367c7a6ce34eec332b32e42e5f3407e052d64ac625da6f0718e7b302140434bd725706957c092db53805b821a85b23a7ac61725bac00000000'
const TXID = 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16'
const HASH = '00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee'

const { version, prevHash, ntime, nbits, nonce } = parseHeader(hexToBytes(HEADER))
const coinbase = hexToBytes(COINBASE)

/** The job that would have led to the block, its coinbase cut open so that the extranonces begin at `at`. */
function jobCutAt(at: number) {
  const extranonce2Start = at + EXTRANONCE1_SIZE
  const suffixStart = extranonce2Start + EXTRANONCE2_SIZE
  const job: Job = {
    ...JOB,
    version,
    prevHash,
    nbits,
    ntime,
    mintime: ntime - 600,
    coinbasePrefix: coinbase.subarray(0, at),
    coinbaseSuffix: coinbase.subarray(suffixStart),
    merklePath: [parseDisplayHash(TXID)],
    createdAtMs: ntime * 1000,
  }
  const extranonce1 = coinbase.subarray(at, extranonce2Start)
  return { job, extranonce1, extranonce2: coinbase.subarray(extranonce2Start, suffixStart) }
}

it.each([0, 36, 42, coinbase.length - EXTRANONCE1_SIZE - EXTRANONCE2_SIZE])(
  'block 170 is a block and a share of difficulty 1, its coinbase cut at byte %d',
  (at) => {
    const { job, extranonce1, extranonce2 } = jobCutAt(at)
    const shareTarget = targetToBytes(targetOfDifficulty(1))
    const assigned = { job, extranonce1, assignedDifficulty: 1, shareTarget, versionMask: 0 }
    const submission = { extranonce2, ntime, nonce, versionBits: undefined }
    const check = new ShareValidator().validate(assigned, extranonce1, submission, ntime + 5)
    expect(displayHash(check.hash)).toBe(HASH)
    expect(bytesToHex(check.header)).toBe(HEADER)
    expect([check.isBlock, check.reason, check.version]).toEqual([true, undefined, 1])

    const oneOff = new ShareValidator().validate(
      assigned,
      extranonce1,
      { ...submission, nonce: nonce + 1 },
      ntime,
    )
    expect([oneOff.isBlock, oneOff.reason]).toEqual([false, 'difficulty-too-low'])
  },
)
