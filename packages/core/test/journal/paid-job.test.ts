import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/chain/address.js'
import { blockHash, serialiseHeader } from '../../src/chain/header.js'
import { rootFromPath } from '../../src/chain/merkle.js'
import { sha256d } from '../../src/hash.js'
import { buildJob } from '../../src/job/build-job.js'
import { assembleCoinbase } from '../../src/job/coinbase.js'
import { soloVariant } from '../../src/job/job-variant.js'
import { decodeSegment } from '../../src/journal/decode-segment.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import { paidJob } from '../../src/journal/paid-job.js'
import type { SegmentRecord } from '../../src/journal/segment.js'
import { shareHash } from '../../src/journal/share-hash.js'
import { extranonces, jobParts } from '../job/job-parts.js'
import { header as anyHeader, share as anyShare } from './segment-arbitrary.js'

const ADDRESSES = [
  'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080',
  'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
  '2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc',
]

describe('a job of solo miners in a segment', () => {
  it('stands there once, and gives each share of each miner the hash that he has searched', () => {
    fc.assert(
      fc.property(anyHeader, jobParts, extranonces, anyShare, (header, parts, extranonce, share) => {
        const job = buildJob(parts)
        const held = ADDRESSES.map((address) => {
          const parsed = parseAddress(address, 'regtest')
          return soloVariant(job, parsed.ok ? parsed.script : new Uint8Array(0))
        })
        const records: SegmentRecord[] = [{ ...held[0]!, kind: 'job', jobRef: 0 }]
        for (const [workerRef, address] of ADDRESSES.entries()) {
          records.push({ kind: 'worker', workerRef, address, workerName: '', mode: 'solo' })
          records.push({ ...share, ...extranonce, kind: 'share', jobRef: 0, workerRef })
        }
        const segment = decodeSegment(encodeSegment({ ...header, network: 'regtest' }, [records], 1))
        const [archived] = segment.records.filter((record) => record.kind === 'job')
        const workers = segment.records.filter((record) => record.kind === 'worker')
        for (const read of segment.records.filter((record) => record.kind === 'share')) {
          const mine = held[read.workerRef]!
          const coinbase = assembleCoinbase(mine, extranonce.extranonce1, extranonce.extranonce2)
          const merkleRoot = rootFromPath(sha256d(coinbase), mine.merklePath)
          const bytes = serialiseHeader({ ...share, prevHash: mine.prevHash, nbits: mine.nbits, merkleRoot })
          const paid = paidJob(archived!, workers[read.workerRef]!, segment.header.network)
          expect(shareHash(paid, read)).toEqual(blockHash(bytes))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('is nobody else than an address of its network', () => {
    const [parts] = fc.sample(jobParts, 1)
    const job = soloVariant(buildJob(parts!), new Uint8Array(22))
    expect(() => paidJob(job, { address: ADDRESSES[0]! }, 'mainnet')).toThrow('cannot be paid')
    expect(paidJob(buildJob(parts!), { address: 'whoever' }, 'mainnet').openSuffix).toBeUndefined()
  })
})
