import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { parseDisplayHash } from '../../src/chain/header.js'
import type { Job } from '../../src/job/job.js'
import { LineFramer } from '../../src/stratum/line-framer.js'
import { ALIAS_DIGITS, ALIASES_PER_JOB, wireJobIdOf } from '../../src/stratum/job-position.js'
import { notifyLine, notifyTemplate, swapWords } from '../../src/stratum/notify.js'
import { parseRequest } from '../../src/stratum/parse-request.js'
import { JOB } from '../share/share-case.js'

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const anyJob: fc.Arbitrary<Job> = fc
  .record({
    version: u32,
    nbits: u32,
    ntime: u32,
    prevHash: bytes(32),
    coinbasePrefix: fc.uint8Array({ maxLength: 100 }),
    coinbaseSuffix: fc.uint8Array({ maxLength: 100 }),
    merklePath: fc.array(bytes(32), { maxLength: 13 }),
  })
  .map((fields) => ({ ...JOB, ...fields }))

/** What a miner reads from the line. */
function paramsOf(line: Uint8Array): readonly unknown[] {
  let params: readonly unknown[] = []
  new LineFramer().push(line, (text) => {
    const message = parseRequest(text)
    if (message.kind === 'request' && message.method === 'mining.notify') params = message.params
  })
  return params
}

describe('mining.notify', () => {
  it('carries each field of a job as miners read it', () => {
    const alias = fc.integer({ min: 0, max: ALIASES_PER_JOB - 1 })
    fc.assert(
      fc.property(anyJob, alias, fc.boolean(), (job, number, cleanJobs) => {
        const aliasHex = number.toString(16).padStart(ALIAS_DIGITS, '0')
        const [id, prevHash, coinb1, coinb2, path, version, nbits, ntime, clean, ...rest] = paramsOf(
          notifyLine(notifyTemplate(job), number, cleanJobs),
        )
        expect(id).toBe(`0000002a${aliasHex}`)
        expect(bytesToHex(swapWords(hexToBytes(prevHash as string)))).toBe(bytesToHex(job.prevHash))
        expect(coinb1).toBe(bytesToHex(job.coinbasePrefix) + aliasHex)
        expect(coinb2).toBe(bytesToHex(job.coinbaseSuffix))
        expect(path).toEqual(job.merklePath.map(bytesToHex))
        const numbers = [version, nbits, ntime].map((hex) => {
          expect(hex).toMatch(/^[0-9a-f]{8}$/)
          return Number.parseInt(hex as string, 16)
        })
        expect(numbers).toEqual([job.version, job.nbits, job.ntime])
        expect(clean).toBe(cleanJobs)
        expect(rest).toEqual([])
      }),
    )
  })

  it('has a fresh id for each alias of a job', () => {
    const ids = Array.from({ length: ALIASES_PER_JOB }, (_, alias) => wireJobIdOf('0000002a', alias))
    expect(new Set(ids).size).toBe(ALIASES_PER_JOB)
    expect(ids[0]).toBe('0000002a00')
    expect(ids.at(-1)).toBe('0000002aff')
  })

  it('fits the 4 KiB that NerdMiner has for a line, with a block full of transactions', () => {
    const job = { ...JOB, merklePath: Array.from({ length: 13 }, () => new Uint8Array(32)) }
    expect(notifyLine(notifyTemplate(job), 0, true).length).toBeLessThan(2048)
  })
})

it('writes the previous hash in words, the last one first', () => {
  const display = '00000000440b921e1b77c6c0487ae5616de67f788f44ae2a5af6e2194d16b6f8'
  const wire = '4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000'
  expect(bytesToHex(swapWords(parseDisplayHash(display)))).toBe(wire)
  expect(display.match(/.{8}/g)!.reverse().join('')).toBe(wire)
})
