import { describe, expect, it } from 'vitest'
import { splitReward } from '../../src/accounting/split-reward.js'
import { bytesToHex } from '../../src/bytes.js'
import { nodeHash } from '../../src/journal/merkle-sum.js'
import type { AuditRow } from '../../src/published/audit-row.js'
import { blockAuditDocument, readBlockAudit } from '../../src/published/block-audit.js'
import {
  readBlockStatement,
  signBlockStatement,
  type BlockStatement,
} from '../../src/published/block-statement.js'
import { canonicalJson } from '../../src/published/canonical-json.js'
import { NO_EPOCH, readEpoch, signEpoch, type Epoch } from '../../src/published/epoch.js'
import {
  readFppsStatement,
  signFppsStatement,
  type FppsStatement,
} from '../../src/published/fpps-statement.js'
import { logIndexDocument, readLogIndex } from '../../src/published/log-index.js'
import {
  payoutProofDocument,
  problemOfPayoutProof,
  readPayoutProof,
} from '../../src/published/payout-proof.js'
import { payoutRoot } from '../../src/published/payout-tree.js'
import { documentHash, isDocumentSignedBy, type JsonObject } from '../../src/published/signed-document.js'
import { signingKeyOf } from '../../src/signature.js'

const key = signingKeyOf(new Uint8Array(32).fill(7))
const other = signingKeyOf(new Uint8Array(32).fill(8))

const split = splitReward(
  { coinbaseValueSats: 5_000_000_123n, feeBasisPoints: 150, bonus: { finder: 'addr3', basisPoints: 200 } },
  new Map([1, 2, 3, 4, 5, 6, 7].map((n) => [`addr${n}`, BigInt(n) << 90n])),
)
const rows: AuditRow[] = split.shares.map(({ miner, ...line }) => ({
  payee: miner,
  score: line.prefixAfter - line.prefixBefore,
  ...line,
}))
const statement: BlockStatement = {
  network: 'regtest',
  hash: 'ab'.repeat(32),
  height: 7,
  header: '00'.repeat(80),
  finder: 'addr3',
  foundAtMs: 1,
  scheme: 'pplns',
  windowUnits: 4,
  windowStart: { position: 3, index: 9 },
  windowEnd: { position: 5, index: 2 },
  ownOutputs: undefined,
  windowTotal: split.total,
  coinbaseValueSats: 5_000_000_123n,
  donationSats: 0n,
  subsidySats: 5_000_000_000n,
  feesSats: 123n,
  feeBasisPoints: 150,
  poolFeeSats: split.feeSats,
  rewardSats: split.rewardSats,
  finderBonusBasisPoints: 200,
  bonusSats: split.bonusSats,
  payeeCount: rows.length,
  payoutRoot: bytesToHex(nodeHash(payoutRoot(rows))),
  poolScripts: ['51'],
  roundScore: undefined,
  settledAtMs: 2,
}
const signed = signBlockStatement(statement, key)
const overWire = (document: JsonObject): JsonObject => JSON.parse(canonicalJson(document)) as JsonObject

describe('a signed document', () => {
  it('is read as it was written, under a hash that does not depend on how it is laid out', () => {
    expect(readBlockStatement(overWire(signed), 'it')).toEqual(statement)
    expect(documentHash(overWire(signed))).toBe(documentHash(signed))
    expect(isDocumentSignedBy(overWire(signed), key.publicKey)).toBe(true)
  })

  it.each(Object.keys(signed))('is not the one that was signed once its %s is another', (field) => {
    expect(isDocumentSignedBy({ ...signed, [field]: 'other' }, key.publicKey)).toBe(false)
    const { [field]: _, ...without } = signed
    expect(isDocumentSignedBy(without, key.publicKey)).toBe(false)
  })

  it('is nobody else’s', () => {
    expect(isDocumentSignedBy(signed, other.publicKey)).toBe(false)
    expect(isDocumentSignedBy({ ...signed, more: 1n }, key.publicKey)).toBe(false)
  })

  it.each([
    ['height', -1, /it, height: takes a whole number/],
    ['hash', 'AB'.repeat(32), /it, hash: takes 32 bytes of hex/],
    ['rewardSats', '1e3', /it, rewardSats: takes digits/],
    ['scheme', 'tithe', /it, scheme: takes one of pplns, solo, fpps/],
    ['windowEnd', { position: 1 }, /it, windowEnd, index: takes a whole number/],
    ['poolScripts', '51', /it, poolScripts: takes a list/],
    ['version', 2, /it is no headframe-block of version 1/],
  ])('that has a wrong %s is refused by name', (field, value, message) => {
    expect(() => readBlockStatement({ ...signed, [field]: value }, 'it')).toThrow(message)
  })
})

describe('an epoch', () => {
  const segment = {
    writerId: 's00-a',
    segmentSeq: 4,
    hash: '11'.repeat(32),
    bytes: 90,
    root: '22'.repeat(32),
  }
  const epoch: Epoch = {
    network: 'regtest',
    epoch: 1,
    previous: NO_EPOCH,
    firstPosition: 4,
    sealedAtMs: 3,
    segments: [
      { ...segment, shareCount: 2, work: 1n << 70n },
      { ...segment, shareCount: 3, work: 5n },
    ],
    blocks: [signed],
    payouts: [],
    fpps: [{ endPosition: 4, hash: '33'.repeat(32) }],
  }

  it('is read as it was written, with its totals', () => {
    const document = overWire(signEpoch(epoch, key))
    expect(readEpoch(document, 'it')).toEqual(epoch)
    expect(document).toMatchObject({ lastPosition: 5, shareCount: 5, work: String((1n << 70n) + 5n) })
  })

  it('that was sealed before there was FPPS has no credits', () => {
    const { fpps: _, ...before } = overWire(signEpoch(epoch, key))
    expect(readEpoch(before, 'it')).toEqual({ ...epoch, fpps: [] })
  })

  it.each([
    ['lastPosition', 6],
    ['shareCount', 6],
    ['work', '5'],
  ])('with another %s than that of its segments is refused', (field, value) => {
    expect(() => readEpoch({ ...signEpoch(epoch, key), [field]: value }, 'it')).toThrow(/its (last|totals)/)
  })
})

describe('an audit document', () => {
  const coinbase =
    '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff025100ffffffff0100f2052a01000000015100000000'

  it('has all lines, and says that nothing was rounded away', () => {
    const document = blockAuditDocument(
      { signedStatement: signed, coinbase, merklePath: [], rows },
      statement,
    )
    expect(readBlockAudit(overWire(document), 'it')).toEqual({
      statement,
      signedStatement: overWire(signed),
      coinbase,
      merklePath: [],
      rows,
    })
    expect(document).toMatchObject({
      roundedAwaySats: '0',
      paidSats: String(split.rewardSats),
      outputs: [{ valueSats: '5000000000', script: '51', address: null }],
    })
  })
})

describe('a payout proof', () => {
  const proofOf = (payee: string): JsonObject => overWire(payoutProofDocument(signed, rows, payee)!)

  it.each(rows.map(({ payee }) => payee))('shows what %s is paid', (payee) => {
    const proof = readPayoutProof(proofOf(payee), 'it')
    expect(problemOfPayoutProof(proof)).toBeUndefined()
    expect(proof.row).toEqual(rows.find((row) => row.payee === payee))
  })

  it('cannot be had by who is not paid', () => {
    expect(payoutProofDocument(signed, rows, 'stranger')).toBeUndefined()
  })

  it.each([
    ['payee', 'addr9', /does not lead/],
    ['amountSats', '1', /does not lead/],
    ['bonusSats', '1', /does not lead/],
    ['score', '1', /does not lead/],
    ['prefixBefore', '0', /before the line/],
    ['prefixAfter', '0', /a score apart/],
    ['index', 0, /not one of a tree|does not lead/],
    ['count', 8, /not one of a tree|does not lead|another number/],
    ['path', [], /not one of a tree/],
  ])('with another %s shows nothing', (field, value, problem) => {
    const document = { ...proofOf('addr4'), [field]: value }
    expect(problemOfPayoutProof(readPayoutProof(document, 'it'))).toMatch(problem)
  })
})

it('FPPS credits are read as they were written', () => {
  const credits: FppsStatement = {
    network: 'regtest',
    afterPosition: 2,
    endPosition: 9,
    tipHash: 'cd'.repeat(32),
    subsidySats: 5_000_000_000n,
    feesSats: 77n,
    feeBlocks: 3,
    feeBasisPoints: 400,
    rateSats: 4_800_000_024n,
    creditedSats: 12n,
    creditedAtMs: 4,
    lines: [
      { payee: 'addr1', score: 1n << 90n, numeratorBefore: 5n, numeratorAfter: 1n << 100n, amountSats: 12n },
    ],
  }
  expect(readFppsStatement(overWire(signFppsStatement(credits, key)), 'it')).toEqual(credits)
})

it('an index is read as it was written', () => {
  const index = { network: 'regtest', key: key.publicKey, lastEpoch: 3, prunedPosition: 0 } as const
  expect(readLogIndex(logIndexDocument(index), 'it')).toEqual(index)
})
