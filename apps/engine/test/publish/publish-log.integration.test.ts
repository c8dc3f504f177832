import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { bytesToHex, equalBytes, joinBytes } from '@headframe/core/bytes'
import { sha256 } from '@headframe/core/hash'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { readBlockAudit } from '@headframe/core/published/block-audit'
import { NO_EPOCH, readEpoch, type Epoch } from '@headframe/core/published/epoch'
import { documentHash, isDocumentSignedBy, type JsonObject } from '@headframe/core/published/signed-document'
import { signingKeyOf } from '@headframe/core/signature'
import { creditStretch } from '@headframe/db/fpps/credit-stretch'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { pruneSegments } from '@headframe/db/prune/prune-segments'
import { listPublishedPayloads } from '@headframe/db/public-log/list-published-payloads'
import { readBlockDocument } from '@headframe/db/public-log/read-block-document'
import { readEpochDocument } from '@headframe/db/public-log/read-epoch'
import { readLogEnd } from '@headframe/db/public-log/read-log-end'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { FolderSource } from '@headframe/verify/folder-source'
import { verifyLog } from '@headframe/verify/verify-log'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { AnyNode } from '../../src/bitcoind/any-node.js'
import { closeNodes, openNodes } from '../../src/bitcoind/open-nodes.js'
import { exportLog } from '../../src/publish/export-log.js'
import { openLogKey } from '../../src/publish/log-key.js'
import { publishLogTask } from '../../src/tasks/publish-log.js'
import { ownNode } from '../own-node.js'
import { PAID_SATS, settlePayout } from './settle-payout.js'
import { openSettlePool, type SettlePool } from '../tasks/settle-pool.js'

const EPOCH_MS = 60_000
const [ANNA, BERT] = ['addrAnna', 'addrBert'] as const
const key = signingKeyOf(new Uint8Array(32).fill(1))
const node = ownNode()

/** Publishes as if it were so much later. */
async function publish(pool: SettlePool, laterMs: number, signer = key): Promise<string[]> {
  const alarms: string[] = []
  const log = pino({ level: 'fatal' }, { write: (line: string) => void alarms.push(line) })
  const nodes = openNodes(parseBitcoinNodes(node().url))
  try {
    const modules = { db: pool.db, rpc: new AnyNode(nodes), log, nowMs: () => Date.now() + laterMs }
    const task = publishLogTask({ network: 'regtest', key: signer, epochMs: EPOCH_MS }, modules)
    await task.handler({})
    await task.handler({})
  } finally {
    closeNodes(nodes)
  }
  return alarms
}

async function epochOf(pool: SettlePool, epoch: number): Promise<{ document: JsonObject; read: Epoch }> {
  const document = JSON.parse((await readEpochDocument(pool.db.pool, epoch))!) as JsonObject
  return { document, read: readEpoch(document, `epoch ${epoch}`) }
}

async function openPool(): Promise<{ pool: SettlePool; poolAddress: string }> {
  const poolAddress = await node().rpc<string>('getnewaddress')
  return { pool: await openSettlePool(poolAddress), poolAddress }
}

test('segments are sealed into epochs that are signed, chained, and hold their published bytes', async () => {
  const { pool } = await openPool()
  await pool.journal.ship([ANNA, 1], [BERT, 2])
  await pool.journal.ship([ANNA, 3])
  await publish(pool, 0)
  expect((await readLogEnd(pool.db.pool)).epoch).toBe(0)
  await publish(pool, EPOCH_MS)
  await pool.journal.ship([BERT, 4])
  await publish(pool, EPOCH_MS + 1)

  const [first, second] = [await epochOf(pool, 1), await epochOf(pool, 2)]
  expect(first.read).toMatchObject({ epoch: 1, previous: NO_EPOCH, firstPosition: 1, network: 'regtest' })
  expect(second.read).toMatchObject({ epoch: 2, previous: documentHash(first.document), firstPosition: 3 })
  expect(first.read.segments.map(({ shareCount }) => shareCount)).toEqual([2, 1])
  for (const { document } of [first, second]) {
    expect(isDocumentSignedBy(document, key.publicKey)).toBe(true)
    expect(document['key']).toBe(key.publicKey)
  }

  const payloads = await listPublishedPayloads(pool.db.pool, 1n, 3n, 10)
  const entries = [...first.read.segments, ...second.read.segments]
  let previous: Uint8Array = new Uint8Array(32)
  for (const [index, payload] of payloads.entries()) {
    const { header, trailer, records } = decodeSegment(payload)
    expect(entries[index]).toMatchObject({
      writerId: header.writerId,
      segmentSeq: Number(header.segmentSeq),
      hash: bytesToHex(sha256(payload)),
      bytes: payload.length,
      root: bytesToHex(trailer.root),
      work: trailer.work,
    })
    expect(equalBytes(header.prevSegmentHash, previous)).toBe(true)
    expect(records.flatMap((record) => (record.kind === 'worker' ? [record.workerName] : []))).not.toContain(
      'rig',
    )
    previous = sha256(payload)
  }
  expect(Buffer.from(joinBytes(payloads)).includes('rig')).toBe(false)
})

test('a settled block is stated once, with what it really paid, and listed by the next epoch', async () => {
  const { pool, poolAddress } = await openPool()
  await pool.journal.ship([ANNA, 6], [BERT, 1], [ANNA, 2])
  const [hash] = await node().rpc<string[]>('generatetoaddress', [1, poolAddress])
  await pool.found(node().rpc, hash!)
  await pool.run(node().url)
  await publish(pool, 0)
  const stated = await readBlockDocument(pool.db.pool, hash!)
  expect(stated).toMatchObject({ epoch: undefined })
  await publish(pool, EPOCH_MS)

  const { document } = (await readBlockDocument(pool.db.pool, hash!))!
  expect(document).toBe(stated!.document)
  const audit = readBlockAudit(JSON.parse(document), 'block')
  const { statement, rows } = audit
  expect((await epochOf(pool, 1)).read.blocks).toEqual([audit.signedStatement])
  const header = await node().rpc<string>('getblockheader', [hash, false])
  const value = BigInt(5_000_000_000)
  expect(statement).toMatchObject({
    hash,
    header,
    scheme: 'pplns',
    coinbaseValueSats: value,
    poolFeeSats: (value * 150n) / 10_000n,
    windowStart: { position: 1, index: 0 },
    windowEnd: { position: 1, index: 3 },
    windowTotal: 4n * SCORE_UNIT,
    payeeCount: 2,
  })
  // Two and one of each miner's newest, and one of the six on the edge.
  expect(rows.map(({ payee, score }) => [payee, score])).toEqual([
    [ANNA, 3n * SCORE_UNIT],
    [BERT, SCORE_UNIT],
  ])
  expect(rows.reduce((sum, { amountSats }) => sum + amountSats, 0n)).toBe(statement.rewardSats)
  expect(await pool.db.prisma.publicBlock.findMany()).toMatchObject([{ blockHash: hash, epoch: 1n }])
})

test('a payout is listed once it lies a hundred blocks deep, and a stranger finds its transaction in order', async () => {
  const { pool, poolAddress } = await openPool()
  const { db } = pool
  await pool.journal.ship([ANNA, 1])
  await settlePayout(db, poolAddress, 1_000)
  await saveChainTip(db.pool, 'a'.repeat(64), 1_099, Date.now())
  await publish(pool, 0)
  expect(await db.prisma.publicPayout.count()).toBe(0)
  await saveChainTip(db.pool, 'c'.repeat(64), 1_100, Date.now())
  await publish(pool, EPOCH_MS)
  expect(await db.prisma.publicPayout.findMany()).toMatchObject([{ epoch: 1n }])
  await expect(db.pool.query('UPDATE public_payout SET epoch = NULL')).rejects.toThrow(/refused/)

  const folder = await mkdtemp(join(tmpdir(), 'headframe-payout-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await exportLog(db, folder)
  const found = await verifyLog(new FolderSource(folder))
  // The journal of this test is not mined, so its share is refused; the payout is in order.
  expect(found.faults.filter(({ code }) => code === 'payout')).toEqual([])
  expect(found).toMatchObject({ payouts: 1, sentSats: PAID_SATS })
})

test('what is published stays as it is', async () => {
  const { pool } = await openPool()
  await pool.journal.ship([ANNA, 1, 'fpps'])
  const past = { subsidySats: 5_000_000_000n, feesSats: 0n, blockCount: 1 }
  await creditStretch(pool.db, { past, feeBasisPoints: 400, tipHash: '11'.repeat(32) }, Date.now())
  await publish(pool, EPOCH_MS)
  expect((await epochOf(pool, 1)).read.fpps).toMatchObject([{ endPosition: 1 }])
  for (const sql of [
    "UPDATE public_epoch SET document = ''",
    'DELETE FROM public_epoch',
    "UPDATE public_segment SET payload = '\\x00'",
    "UPDATE public_segment SET hash = decode(repeat('00', 32), 'hex'), payload = NULL",
    'DELETE FROM public_segment',
    'TRUNCATE public_block',
    "UPDATE public_fpps SET document = ''",
    'UPDATE public_fpps SET epoch = NULL',
    'DELETE FROM public_fpps',
    'TRUNCATE public_fpps',
  ]) {
    await expect(pool.db.pool.query(sql)).rejects.toThrow(/refused/)
  }
})

test('segments are pruned only once they are published, whole epochs at a time, and hashes stay', async () => {
  const { pool } = await openPool()
  for (let n = 0; n < 4; n++) await pool.journal.ship([ANNA, 1])
  await rollUpSegments(pool.db)
  await publish(pool, EPOCH_MS)
  for (let n = 0; n < 4; n++) await pool.journal.ship([ANNA, 1])
  await rollUpSegments(pool.db)
  const retention = { sealedBeforeMs: Date.now() + 1, keepScore: SCORE_UNIT }
  const firstEpoch = await readEpochDocument(pool.db.pool, 1)
  expect(await pruneSegments(pool.db, retention)).toBe(4)
  expect(await readLogEnd(pool.db.pool)).toMatchObject({ prunedPosition: 4n, lastPosition: 4n })
  expect(await listPublishedPayloads(pool.db.pool, 1n, 4n, 10)).toEqual([])

  await publish(pool, EPOCH_MS)
  // The window keeps the last: the second epoch is pruned in part, and is published whole.
  expect(await pruneSegments(pool.db, retention)).toBe(3)
  expect(await listPublishedPayloads(pool.db.pool, 5n, 8n, 10)).toHaveLength(4)
  expect(await readLogEnd(pool.db.pool)).toMatchObject({ prunedPosition: 4n })
  expect(await readEpochDocument(pool.db.pool, 1)).toBe(firstEpoch)
})

test('another key continues nothing: it raises an alarm, and publishes nothing', async () => {
  const { pool } = await openPool()
  await pool.journal.ship([ANNA, 1])
  await publish(pool, EPOCH_MS)
  await pool.journal.ship([ANNA, 1])
  const alarms = await publish(pool, EPOCH_MS, signingKeyOf(new Uint8Array(32).fill(2)))
  expect(alarms).toHaveLength(1)
  expect(alarms[0]).toMatch(/nothing is published/)
  expect((await readLogEnd(pool.db.pool)).epoch).toBe(1)
})

test('the key is made once, for its owner alone, and a file without one is refused', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-log-key-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const path = join(directory, 'data', 'public-log.key')
  const made = await openLogKey(path)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await openLogKey(path)).publicKey).toBe(made.publicKey)
  expect(await readFile(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  await writeFile(path, 'torn')
  await expect(openLogKey(path)).rejects.toThrow(/PUBLIC_LOG_KEY_FILE: .* holds no key/)
})
