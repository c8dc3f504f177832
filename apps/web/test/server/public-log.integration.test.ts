import { bytesToHex, hexToBytes } from '@headframe/core/bytes'
import { nodeHash } from '@headframe/core/journal/merkle-sum'
import { blockAuditDocument } from '@headframe/core/published/block-audit'
import { signBlockStatement, type BlockStatement } from '@headframe/core/published/block-statement'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { NO_EPOCH, signEpoch } from '@headframe/core/published/epoch'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import { documentHash } from '@headframe/core/published/signed-document'
import { signingKeyOf } from '@headframe/core/signature'
import { listBlockEarnings } from '@headframe/db/block/list-block-earnings'
import { readSplit } from '@headframe/db/block/read-split'
import { insertBlockDocument } from '@headframe/db/public-log/insert-block-document'
import { insertEpoch } from '@headframe/db/public-log/insert-epoch'
import { verifyProof } from '@headframe/verify/verify-proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAudit, readEpochShares, readIndex, readProof } from '../../src/server/public-log'
import { NEWCOMER, NOBODY, openTestApi, STEADY, type TestApi } from '../support/test-api'

const key = signingKeyOf(new Uint8Array(32).fill(5))
const COINBASE =
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff025100ffffffff0100f2052a01000000015100000000'

let api: TestApi
let hash: string

beforeAll(async () => {
  api = await openTestApi()
  hash = api.hashes[0]!
  expect(await readIndex(api.database)).toBeUndefined()
  await insertBlockDocument(api.database.pool, hash, await describeBlock(), Date.now())
})
afterAll(() => api.close())

/** As `settle` would; the header is made up, which the proof's arithmetic does not see. */
async function describeBlock(): Promise<string> {
  const { pool } = api.database
  const split = (await readSplit(pool, hash))!
  const { finderBonusSats: bonusSats, pplnsWindow: windowUnits, minerCount: payeeCount, ...terms } = split
  const earnings = await listBlockEarnings(pool, hash, undefined, 1_000)
  const rows = earnings.map(({ address, ...line }) => ({ payee: address, ...line }))
  const statement: BlockStatement = {
    ...terms,
    network: 'signet',
    hash,
    height: 1,
    header: '00'.repeat(80),
    finder: STEADY,
    foundAtMs: 1,
    scheme: 'pplns',
    windowUnits,
    windowStart: { position: 1, index: 0 },
    windowEnd: { position: 1, index: 1 },
    ownOutputs: undefined,
    bonusSats,
    payeeCount,
    payoutRoot: bytesToHex(nodeHash(payoutRoot(rows))),
    poolScripts: [],
    roundScore: undefined,
  }
  const signedStatement = signBlockStatement(statement, key)
  return canonicalJson(
    blockAuditDocument({ signedStatement, coinbase: COINBASE, merklePath: [], rows }, statement),
  )
}

async function seal(): Promise<void> {
  const segments = [1, 2].map((n) => ({
    payload: new Uint8Array(10).fill(n),
    hash: new Uint8Array(32).fill(n),
  }))
  const document = signEpoch(
    {
      network: 'signet',
      epoch: 1,
      previous: NO_EPOCH,
      firstPosition: 1,
      sealedAtMs: 1,
      segments: [],
      blocks: [],
      payouts: [],
      fpps: [],
    },
    key,
  )
  await insertEpoch(api.database, {
    epoch: 1,
    firstPosition: 1n,
    hash: hexToBytes(documentHash(document)),
    document: canonicalJson(document),
    sealedAtMs: 1,
    segments,
    blockHashes: [hash],
    batchIds: [],
    fppsEnds: [],
  })
}

describe('the public log, as the web server hands it out', () => {
  it('has the audit document of a stated block before and after an epoch lists it', async () => {
    expect(await readAudit(api.database, hash)).toMatchObject({ type: 'headframe-audit', epoch: null })
    expect(await readEpochShares(api.database, 1)).toBeUndefined()
    await seal()
    expect(await readAudit(api.database, hash)).toMatchObject({ epoch: 1 })
    expect(await readAudit(api.database, 'ff'.repeat(32))).toBeUndefined()
    expect(await readIndex(api.database)).toEqual({
      type: 'headframe-log',
      version: 1,
      network: 'signet',
      key: key.publicKey,
      lastEpoch: 1,
      prunedPosition: 0,
    })
  })

  it('streams the segments of an epoch in their order', async () => {
    const read: number[] = []
    for await (const payload of (await readEpochShares(api.database, 1))!) read.push(...payload)
    expect(read).toEqual([...new Array<number>(10).fill(1), ...new Array<number>(10).fill(2)])
    await api.database.pool.query('UPDATE public_segment SET payload = NULL')
    expect(await readEpochShares(api.database, 1)).toBeUndefined()
  })

  it('proves to each miner what a block pays him, by route and by API', async () => {
    for (const payee of [STEADY, NEWCOMER]) {
      const proof = await readProof(api.database, hash, payee)
      if (proof === undefined) continue
      const { problems } = verifyProof(JSON.stringify(proof), key.publicKey)
      // The header is made up; all else holds.
      expect(problems).toEqual(['its header has another hash'])
      expect(await api.call().blocks.proof({ hash, address: payee.toUpperCase() })).toEqual(proof)
    }
    expect(await readProof(api.database, hash, STEADY)).toMatchObject({ payee: STEADY, epoch: 1 })
  })

  it('has no proof for who is not paid, and says what is no address', async () => {
    expect(await api.call().blocks.proof({ hash, address: NOBODY })).toBeNull()
    expect(await api.call().blocks.proof({ hash: 'ff'.repeat(32), address: STEADY })).toBeNull()
    await expect(api.call().blocks.proof({ hash, address: 'nonsense' })).rejects.toThrow(
      /not a Bitcoin address/,
    )
  })
})
