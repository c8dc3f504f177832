import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FEE_INCOME, minerAccount } from '@headframe/core/accounting/account'
import type { Database } from '@headframe/db/database'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { creditStretch } from '@headframe/db/fpps/credit-stretch'
import { postCorrection, reverseCorrection } from '@headframe/db/ledger/post-correction'
import { cancelUnsigned } from '@headframe/db/payout/cancel-batch'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import { planBatch } from '@headframe/db/payout/plan-batch'
import { listSegments } from '@headframe/db/replay/list-segments'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { testServices } from '@headframe/local/testing/services'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { expect, onTestFinished, test } from 'vitest'
import { closeNodes, openNodes } from '../../src/bitcoind/open-nodes.js'
import { replay } from '../../src/rebuild/replay.js'
import { candidateOf } from '../candidate-of.js'
import { ownNode } from '../own-node.js'
import { runCommand } from '../run-command.js'
import { openSettlePool, type SettlePool } from '../tasks/settle-pool.js'
import type { TestShare } from '../tasks/test-journal.js'
import { openEmpty } from './open-empty.js'
import { payAndSettle } from './pay-and-settle.js'

const node = ownNode()
const ANNA = 'addrAnna'
const FPPS_TERMS = {
  past: { subsidySats: 5_000_000_000n, feesSats: 77n, blockCount: 3 },
  feeBasisPoints: 400,
  tipHash: 'a'.repeat(64),
}

/** A pool with a block that matured, one that went stale and came back, one that stayed stale, and a young one. */
async function openStory(segmentsBefore = 0): Promise<SettlePool> {
  const { rpc, url } = node()
  const poolAddress = await rpc<string>('getnewaddress')
  const elsewhere = await rpc<string>('getnewaddress')
  const mine = async (address: string, count = 1) =>
    (await rpc<string[]>('generatetoaddress', [count, address])).at(-1)!
  const pool = await openSettlePool(poolAddress)
  const find = async (...shares: readonly TestShare[]): Promise<string> => {
    await pool.journal.ship(...shares)
    const hash = await mine(poolAddress)
    await pool.found(rpc, hash)
    await pool.run(url)
    return hash
  }
  for (let n = 0; n < segmentsBefore; n++) await pool.journal.ship(['addrBert', 0.001])
  await find([ANNA, 1], ['addrBert', 2], ['addrCarl', 0.25])
  const lost = await find(['addrBert', 3], [ANNA, 0.5, 'solo'])
  await rpc('invalidateblock', [lost])
  await mine(elsewhere, 2)
  await pool.run(url)
  const back = await find(['addrDora', 5])
  await rpc('invalidateblock', [back])
  await mine(elsewhere, 2)
  await pool.run(url)
  await rpc('invalidateblock', [
    await rpc<string>('getblockhash', [(await rpc<number>('getblockcount')) - 1]),
  ])
  await rpc('reconsiderblock', [back])
  await mine(elsewhere, 101)
  await pool.run(url)
  await find([ANNA, 0.125])
  await findDirect(pool, await mine(poolAddress))
  await pool.run(url)
  for (const difficulty of [0.75, 1e-15, 0.5]) {
    await pool.journal.ship([ANNA, difficulty, 'fpps'])
    await creditStretch(pool.db, FPPS_TERMS, Date.now())
  }
  while ((await rollUpSegments(pool.db)).isBehind);
  return pool
}

/** A block of a direct port whose miner had no room for anybody, under terms of its own. */
async function findDirect({ db, journal }: SettlePool, hash: string): Promise<void> {
  const { height } = await node().rpc<{ height: number }>('getblockheader', [hash])
  const { writerId, incarnation, shareSeq: windowEndShareSeq } = journal
  const terms = { pplnsWindow: 1, feeBasisPoints: 300, finderBonusBasisPoints: 50 }
  const paidWindow = { endPosition: 2n, endIndex: 1, ownOutputs: 1, ...terms }
  const place = { writerId, incarnation, windowEndShareSeq, foundAtMs: Date.now() }
  await recordCandidate(db, candidateOf({ hash, height, paidWindow, ...place }))
}

/** What a person and the payouts have done to the ledger besides. */
async function actOn({ db }: SettlePool): Promise<void> {
  const options = { nowMs: Date.now(), isDryRun: false }
  const account = minerAccount(ANNA, 'available')
  const postings = [
    { account: FEE_INCOME, amountSats: 700n },
    { account, amountSats: -700n },
  ]
  const gift = await postCorrection(db, { author: 'Ana', reason: 'outage', postings }, options)
  await postCorrection(db, { author: 'Ana', reason: 'again', postings }, options)
  await reverseCorrection(db, gift.transactionId, { author: 'Bo', reason: 'twice' }, options)
  const second = await leadPayouts(db, async (lead) => {
    const items = [{ address: ANNA, script: new Uint8Array([1]), amountSats: 500n }]
    const batch = { items, feePayer: 'pool', needsApproval: false } as const
    await planBatch(lead, batch, Date.now())
    return planBatch(lead, batch, Date.now())
  })
  if (second === 'led-by-another') throw new Error('nobody else pays from this database')
  await leadPayouts(db, (lead) => payAndSettle(lead, ANNA, 900n))
  await cancelUnsigned(db, second, { atMs: Date.now(), author: 'Ana', detail: 'a test' })
}

async function replayOf(live: Database, journalFolder?: string) {
  const nodes = openNodes(parseBitcoinNodes(node().url))
  const rebuilt = await openEmpty()
  const modules = { live, rebuilt, rpc: nodes[0]!.rpc, tell: () => undefined }
  try {
    return await replay({ network: 'regtest', journalFolder }, modules)
  } finally {
    closeNodes(nodes)
  }
}

const runReplay = (pool: SettlePool) =>
  runCommand('replay', [], {
    redisUrl: testServices().redisUrl,
    environment: { DATABASE_URL: pool.url, BITCOIND_URLS: node().url },
  })

/** Past the rules of the database. */
const tamper = ({ pool }: Database, sql: string) =>
  pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)

test('ledger, rollups and balances are rebuilt out of the log, and equal the live ones row by row', async () => {
  // Enough segments for a sum that windows take whole.
  const pool = await openStory(32)
  await actOn(pool)
  const kinds = await pool.db.pool.query<{ kind: string }>(
    'SELECT DISTINCT kind FROM ledger_transaction ORDER BY 1',
  )
  expect(kinds.rows.map(({ kind }) => kind)).toEqual([
    'block-credit',
    'block-mature',
    'block-stale',
    'correction',
    'fpps-credit',
    'payout-cancel',
    'payout-plan',
    'payout-reorganised',
    'payout-settle',
  ])
  const comparisons = await replayOf(pool.db)
  for (const { what, live, rebuilt, firstDifference } of comparisons) {
    expect(firstDifference, what).toBeUndefined()
    expect(rebuilt, what).toEqual(live)
    if (!what.includes('rejects')) expect(live.rows, what).toBeGreaterThan(0)
  }
  // And a second time, although the pool's own numbers of miners and transactions are others.
  const { code, output, error } = await runReplay(pool)
  expect({ code, error }).toEqual({
    code: 0,
    error: '  the journal ...\n  the ledger ...\n  the comparison ...\n',
  })
  expect(output).toMatch(/^WHAT +ROWS +REBUILT +SHA-256 +OF REBUILT\n/)
  expect(output.match(/ the same\n/g)).toHaveLength(comparisons.length)
  expect(output).toMatch(/What was rebuilt is what there is, row by row\.\n$/)
})

test('what is not as it was worked out is found, wherever it is, with the first row that differs', async () => {
  const pool = await openStory()
  const changes = [
    ['earning', 'amount_sats', 'amount_sats > 0'],
    ['miner_rollup', 'count', "resolution = 'hour'"],
    ['ledger_total', 'amount_sats', "kind = 'block-mature'"],
  ] as const
  for (const [table, column, which] of changes)
    await tamper(pool.db, `UPDATE ${table} SET ${column} = ${column} + 1 WHERE ${which}`)
  const { code, output, error } = await runReplay(pool)
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringContaining('is not what there is') as string,
  })
  expect(output.match(/\S.*DIFFERS/g)?.map((line) => line.split(/ {2,}/)[0])).toEqual([
    'rollups of miners',
    'earnings',
    'balances',
  ])
  expect(output).toMatch(/\nearnings, row 1:\n {2}live {5}\(.*\)\n {2}rebuilt {2}\(.*\)\n/)
  for (const [table, column, which] of changes)
    await tamper(pool.db, `UPDATE ${table} SET ${column} = ${column} - 1 WHERE ${which}`)
})

test('segments whose bytes were pruned come from a folder, and no others are taken for them', async () => {
  const pool = await openStory()
  const folder = await mkdtemp(join(tmpdir(), 'headframe-replay-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const { writerId, segmentSeq, payload } of await listSegments(pool.db.pool, 0n, 100)) {
    await mkdir(join(folder, writerId), { recursive: true })
    await writeFile(join(folder, writerId, `${String(segmentSeq).padStart(10, '0')}.seg`), payload!)
  }
  await pool.db.pool.query('UPDATE segment SET payload = NULL WHERE position = 1')
  await expect(replayOf(pool.db)).rejects.toThrow(
    /segment .*0000000000\.seg are no longer in the database; --journal/,
  )
  const comparisons = await replayOf(pool.db, folder)
  expect(comparisons.every(({ firstDifference }) => firstDifference === undefined)).toBe(true)
  await writeFile(join(folder, pool.journal.writerId, '0000000000.seg'), 'another')
  await expect(replayOf(pool.db, folder)).rejects.toThrow('are not those with the hash')
})

test('a database that is in use is never written over', async () => {
  const pool = await openSettlePool(await node().rpc<string>('getnewaddress'))
  const modules = {
    live: pool.db,
    rebuilt: pool.db,
    rpc: { call: () => Promise.reject(new Error()) },
    tell: () => undefined,
  }
  await expect(replay({ network: 'regtest', journalFolder: undefined }, modules)).rejects.toThrow(
    'is not empty',
  )
})
