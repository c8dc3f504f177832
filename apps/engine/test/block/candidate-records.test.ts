import type { BlockCandidate } from '@headframe/core/block/candidate'
import type { FrozenWindow } from '@headframe/core/job/direct-split'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeCandidateRecord,
  encodeCandidateRecord,
  type CandidateRecord,
} from '../../src/block/candidate-record.js'
import { CandidateFiles } from '../../src/block/candidate-file.js'
import { CandidateRecords, readCandidateRecords } from '../../src/block/candidate-records.js'
import { recoverCandidates } from '../../src/block/recover-candidates.js'
import { JobDirectory } from '../../src/jobs/job-directory.js'
import { NETWORK, silent, temporaryDirectory } from '../journal/journal-fixture.js'

const hex = (size: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: size, maxLength: size })
    .map((bytes: Uint8Array) => Buffer.from(bytes).toString('hex'))

const paidWindow: fc.Arbitrary<FrozenWindow> = fc.record({
  endPosition: fc.bigInt({ min: 1n, max: 2n ** 60n }),
  endIndex: fc.nat(),
  pplnsWindow: fc.nat(),
  feeBasisPoints: fc.nat(10_000),
  finderBonusBasisPoints: fc.nat(10_000),
  ownOutputs: fc.nat(3),
})

const found: fc.Arbitrary<BlockCandidate> = fc.record({
  hash: hex(32),
  height: fc.nat(),
  nbits: fc.nat(),
  foundAtMs: fc.nat(),
  address: fc.string(),
  workerName: fc.string(),
  mode: fc.constantFrom('pplns', 'solo'),
  coinbaseValueSats: fc.bigInt({ min: 0n, max: 2n ** 60n }),
  feesSats: fc.bigInt({ min: 0n, max: 2n ** 60n }),
  writerId: fc.string(),
  incarnation: fc.nat(),
  windowEndShareSeq: fc.bigInt({ min: 0n, max: 2n ** 60n }),
})
/** Of a port that pays the pool alone, or of a direct one. */
const candidate = fc.oneof(
  found,
  fc.tuple(found, paidWindow).map(([fields, window]) => ({ ...fields, paidWindow: window })),
)

const record: fc.Arbitrary<CandidateRecord> = fc.record({
  candidate,
  // Up to the head of the largest size class.
  headHex: fc.integer({ min: 100, max: 16_100 }).map((size) => 'ab'.repeat(size)),
  transactionsId: hex(4),
  transactionsSize: fc.nat(),
})

const SAMPLE = fc.sample(record, { numRuns: 12, seed: 4 })

async function setUp() {
  const dataDir = await temporaryDirectory()
  const files = new CandidateFiles(dataDir)
  await files.prepare()
  const directory = new JobDirectory(dataDir, NETWORK)
  await directory.prepare()
  const recover = (): Promise<void> => recoverCandidates(3, { files, directory, log: silent })
  return { files, directory, recover, left: () => readCandidateRecords(files.directory, 3) }
}

describe('the record of a found block', () => {
  test('is read back as it was written, and is none when a byte of it is missing or another', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, at, difference) => {
        const bytes = encodeCandidateRecord(one)
        expect(decodeCandidateRecord(bytes)).toEqual(one)
        const padded = Buffer.concat([bytes, new Uint8Array(100)])
        expect(decodeCandidateRecord(padded)).toEqual(one)
        const damaged = bytes.slice()
        damaged[at % bytes.length]! ^= difference
        expect(decodeCandidateRecord(damaged)).toBeUndefined()
        expect(decodeCandidateRecord(bytes.subarray(0, at % bytes.length))).toBeUndefined()
      }),
    )
  })

  test('stands in the file until it is cleared, and there is room for eight', async () => {
    const { files, left } = await setUp()
    const records = await CandidateRecords.open(files.directory, 3)
    const places = []
    for (const one of SAMPLE.slice(0, 8)) places.push(records.write(one))
    expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(records.write(SAMPLE[8]!)).toBeUndefined()
    await records.clear(2)
    expect(records.write(SAMPLE[9]!)).toBe(2)
    await records.close()
    const again = await CandidateRecords.open(files.directory, 3)
    expect(again.write(SAMPLE[10]!)).toBeUndefined()
    await again.clear(0)
    await again.close()
    expect((await left()).map(({ candidate: { hash } }) => hash)).toEqual(
      [1, 9, 3, 4, 5, 6, 7].map((i) => SAMPLE[i]!.candidate.hash),
    )
  })

  test('becomes the files of its block, and is set aside when its transactions are lost', async () => {
    const { files, directory, recover, left } = await setUp()
    const [whole, empty, lost] = [
      { ...SAMPLE[0]!, transactionsId: '000000aa', transactionsSize: 3 },
      { ...SAMPLE[1]!, transactionsSize: 0 },
      { ...SAMPLE[2]!, transactionsId: '000000bb', transactionsSize: 3 },
    ]
    await directory.writeTransactions('000000aa', [Buffer.from('aabbcc')], () => undefined)
    await directory.writeTransactions('000000bb', [Buffer.from('aabb')], () => undefined)
    const records = await CandidateRecords.open(files.directory, 3)
    for (const one of [whole, empty, lost]) records.write(one)
    await records.close()
    expect(await files.listSlots()).toEqual([3])
    await recover()
    expect(await left()).toEqual([])
    expect(await files.listSlots()).toEqual([])
    const hashes = [whole, empty].map((one) => one.candidate.hash)
    expect((await files.list()).sort()).toEqual(hashes.sort())
    expect(await files.readCandidate(whole.candidate.hash)).toEqual(whole.candidate)
    expect(Buffer.from(await files.readBlockHex(whole.candidate.hash)).toString()).toBe(
      `${whole.headHex}aabbcc`,
    )
    expect(Buffer.from(await files.readBlockHex(empty.candidate.hash)).toString()).toBe(empty.headHex)
  })
})
