import { parseAddress } from '@headframe/core/chain/address'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { openDatabase, type Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { migrate } from '@headframe/db/migrate'
import { savePool } from '@headframe/db/pool/save-pool'
import type { Rpc } from '@headframe/local/bitcoin-rpc'
import { createTestDatabase } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { AnyNode } from '../../src/bitcoind/any-node.js'
import { closeNodes, openNodes } from '../../src/bitcoind/open-nodes.js'
import { BlockWatch } from '../../src/block/block-watch.js'
import { settleBlockTask } from '../../src/tasks/settle-block.js'
import { watchBlocksTask } from '../../src/tasks/watch-blocks.js'
import { candidateOf } from '../candidate-of.js'
import { TestJournal } from './test-journal.js'

const TERMS = { feeBasisPoints: 150, finderBonusBasisPoints: 0, pplnsWindow: 4 }
const silent = pino({ level: 'silent' })

/** The two tasks that follow the chain, with a database and a journal of their own. */
export interface SettlePool {
  readonly url: string
  readonly db: Database
  readonly journal: TestJournal
  /** Writes the block down as a stratum process would have at this moment. */
  found(rpc: Rpc, hash: string): Promise<void>
  /** Both tasks, more often than is needed, by the nodes at these URLs. */
  run(...urls: string[]): Promise<void>
  statusOf(hash: string): Promise<string>
  /** Accounts that are not at 0. */
  balances(): Promise<Readonly<Record<string, bigint>>>
  /** Every entry that was ever posted, oldest first. */
  entries(): Promise<readonly string[]>
}

/** Its ledger is checked when the test has ended. */
export async function openSettlePool(poolAddress: string): Promise<SettlePool> {
  const created = await createTestDatabase()
  const db = openDatabase({ url: created.url })
  onTestFinished(async () => {
    expect(await checkLedger(db.pool)).toEqual([])
    await db.close()
    await created.drop()
  })
  await migrate(db.pool)
  const parsed = parseAddress(poolAddress, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const settings = { network: 'regtest', poolAddress, poolTag: '/t/', stratumPorts: [], ...TERMS } as const
  await savePool(db, settings, parsed.script, Date.now())
  const journal = new TestJournal(db)
  return {
    url: created.url,
    db,
    journal,
    async found(rpc, hash) {
      const { height } = await rpc<{ height: number }>('getblockheader', [hash])
      const { writerId, incarnation, shareSeq: windowEndShareSeq } = journal
      const place = { writerId, incarnation, windowEndShareSeq }
      await recordCandidate(db, candidateOf({ hash, height, foundAtMs: Date.now(), ...place }))
    },
    async run(...urls) {
      const nodes = openNodes(parseBitcoinNodes(urls.join(';')))
      const modules = { db, nodes, log: silent, nowMs: Date.now, onChange: () => undefined }
      const watch = watchBlocksTask({ watch: new BlockWatch({ ...modules, network: 'regtest' }) })
      const settle = settleBlockTask(
        { network: 'regtest', ...TERMS },
        { ...modules, rpc: new AnyNode(nodes) },
      )
      try {
        for (const task of [settle, watch, settle, watch, settle]) await task.handler({})
      } finally {
        closeNodes(nodes)
      }
    },
    async statusOf(hash) {
      const { status, bookedStatus } = await db.prisma.block.findUniqueOrThrow({ where: { hash } })
      expect(bookedStatus === status || status === 'candidate').toBe(true)
      return status
    },
    async balances() {
      return Object.fromEntries([...(await readBalances(db.pool))].filter(([, sats]) => sats !== 0n))
    },
    async entries() {
      const rows = await db.prisma.ledgerEntry.findMany({
        orderBy: [{ transactionId: 'asc' }, { accountId: 'asc' }],
      })
      return rows.map((row) => `${row.transactionId} ${row.accountId} ${row.amountSats}`)
    },
  }
}
