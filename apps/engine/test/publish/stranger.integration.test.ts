import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { signingKeyOf } from '@headframe/core/signature'
import { payoutProofDocument } from '@headframe/core/published/payout-proof'
import { readBlockAudit } from '@headframe/core/published/block-audit'
import { savePool } from '@headframe/db/pool/save-pool'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { FolderSource } from '@headframe/verify/folder-source'
import { verifyLog } from '@headframe/verify/verify-log'
import { verifyProof } from '@headframe/verify/verify-proof'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { AnyNode } from '../../src/bitcoind/any-node.js'
import { closeNodes, openNodes } from '../../src/bitcoind/open-nodes.js'
import { BlockWatch } from '../../src/block/block-watch.js'
import { exportLog } from '../../src/publish/export-log.js'
import { creditFppsTask } from '../../src/tasks/credit-fpps.js'
import { publishLogTask } from '../../src/tasks/publish-log.js'
import { settleBlockTask } from '../../src/tasks/settle-block.js'
import { watchBlocksTask } from '../../src/tasks/watch-blocks.js'
import { ownNode } from '../own-node.js'
import { LONG_MS, NOBODY, openServe, type ServeProcess } from '../processes/serve-process.js'
import { until } from '../until.js'

const key = signingKeyOf(new Uint8Array(32).fill(9))
/** So small that windows are full after a few shares, each of which is worth a block or two on regtest. */
const PPLNS_WINDOW = 3
const ROUNDS = 8
const FPPS_TERMS = { feeBasisPoints: 400, feeBlocks: 3, reserveSats: 1n << 60n, everyMs: 60_000 }
/** For jobs that a look at the database has to come before. */
const PATIENCE_MS = 60_000

const node = ownNode()

/** What `settle` does, as if each epoch were full at once. */
function settleOf({ database }: ServeProcess): () => Promise<void> {
  const nodes = openNodes(parseBitcoinNodes(node().url))
  onTestFinished(() => closeNodes(nodes))
  const rpc = new AnyNode(nodes)
  const about = { db: database, nodes, network: 'regtest', rpc, log: pino({ level: 'silent' }) } as const
  const modules = { ...about, nowMs: () => Date.now() + 1, onChange: () => undefined }
  const terms = { feeBasisPoints: 150, finderBonusBasisPoints: 100, pplnsWindow: PPLNS_WINDOW }
  const tasks = [
    watchBlocksTask({ watch: new BlockWatch(modules) }),
    settleBlockTask({ network: 'regtest', ...terms }, modules),
    creditFppsTask({ network: 'regtest', ...FPPS_TERMS }, modules),
    publishLogTask({ network: 'regtest', key, epochMs: 0 }, modules),
  ]
  return async () => {
    for (let round = 0; round < 2; round++) for (const task of tasks) await task.handler({})
  }
}

async function connect(serve: ServeProcess, address: string): Promise<StratumClient> {
  const client = await StratumClient.connect({ host: '127.0.0.1', port: serve.port })
  onTestFinished(() => client.close())
  await client.subscribe()
  await client.authorize(`${address}.secret-rig-name`)
  return client
}

/** Whether a job's coinbase pays the miner. */
function pays({ coinbaseSuffix }: PoolJob, address: string): boolean {
  const parsed = parseAddress(address, 'regtest')
  return parsed.ok && bytesToHex(coinbaseSuffix).includes(bytesToHex(parsed.script))
}

/** Miners take turns; each share of theirs is a block, the last one of a job that pays `payee`. */
async function mine(
  miners: readonly StratumClient[],
  payee: string | undefined,
  onBlock: () => Promise<void>,
): Promise<string[]> {
  const hashes: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = await node().rpc<string>('getbestblockhash')
    const miner = miners[round % miners.length]!
    const tip = Buffer.from(before, 'hex').reverse()
    const isLast = round === ROUNDS - 1
    const job = await miner.jobWhere(
      (one) => tip.equals(one.prevHash) && (!isLast || payee === undefined || pays(one, payee)),
      PATIENCE_MS,
    )
    expect(await miner.submit(solve(job, { wanted: 'block' }))).toEqual({ isAccepted: true })
    await until(async () => (await node().rpc<string>('getbestblockhash')) !== before)
    hashes.push(await node().rpc<string>('getbestblockhash'))
    await onBlock()
  }
  return hashes
}

async function exported(serve: ServeProcess): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headframe-exported-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await exportLog(serve.database, folder)
  return folder
}

test.each([
  ['pplns', 'mode=pplns fixed=1e-9'],
  ['direct', 'mode=pplns direct fixed=1e-9'],
  ['solo', 'mode=solo fixed=1e-9'],
  ['fpps', 'mode=fpps fixed=1e-9'],
])(
  'a stranger finds nothing wrong with what a %s pool has mined, settled and published',
  async (kind, port) => {
    const newAddress = (type: string) => node().rpc<string>('getnewaddress', ['', type])
    await node().rpc('generatetoaddress', [1, NOBODY])
    const { url, zmqRawblockUrl } = node()
    const serve = await openServe({
      nodeUrl: `${url} rawblock=${zmqRawblockUrl}`,
      port,
      processes: 1,
      environment: {
        POOL_FEE_BASIS_POINTS: '150',
        FINDER_BONUS_BASIS_POINTS: '100',
        DONATION_ADDRESS: await newAddress('p2sh-segwit'),
        DONATION_BASIS_POINTS: '50',
        PPLNS_WINDOW: String(PPLNS_WINDOW),
        FPPS_RESERVE_BTC: '100000',
        TEMPLATE_REFRESH_SECONDS: '1',
      },
    })
    const { database } = serve
    const parsed = parseAddress(NOBODY, 'regtest')
    const pool = { network: 'regtest', poolAddress: NOBODY, poolTag: '/t/', stratumPorts: [] } as const
    const inForce = { feeBasisPoints: 150, finderBonusBasisPoints: 100, pplnsWindow: PPLNS_WINDOW }
    await savePool(
      database,
      { ...pool, ...inForce },
      parsed.ok ? parsed.script : new Uint8Array(0),
      Date.now(),
    )
    await serve.start()
    const addresses = await Promise.all(['bech32', 'bech32m', 'legacy'].map(newAddress))
    const miners = await Promise.all(addresses.map((address) => connect(serve, address)))
    const lastButOne = addresses[(ROUNDS - 2) % addresses.length]
    const settle = settleOf(serve)
    let shareCount = 0
    /** Paid before the next block, so that the shares are in several stretches. */
    const onBlock = async () => {
      shareCount++
      if (kind !== 'fpps') return
      await until(async () => {
        const { rows } = await database.pool.query<{ count: string }>(
          'SELECT share_count AS count FROM journal_head',
        )
        return Number(rows[0]!.count) === shareCount
      })
      await settle()
    }
    const hashes = await mine(miners, kind === 'direct' ? lastButOne : undefined, onBlock)

    await until(async () => {
      await settle()
      if ((await database.prisma.publicFpps.count({ where: { epoch: null } })) > 0) return false
      return (await database.prisma.publicBlock.count({ where: { epoch: { not: null } } })) === ROUNDS
    })
    const folder = await exported(serve)
    const found = await verifyLog(new FolderSource(folder), { key: key.publicKey })
    expect(found.faults).toEqual([])
    expect(found).toMatchObject({ shares: ROUNDS, prunedSegments: 0, faultCount: 0 })
    expect(found.blocks.map(({ statement }) => statement.hash).sort()).toEqual([...hashes].sort())
    expect(found.blocks.map(({ verdict }) => verdict)).toEqual(hashes.map(() => 'ok'))
    const paid = found.blocks.filter(({ statement }) => statement.ownOutputs !== undefined)
    expect(paid.length > 0).toBe(kind === 'direct')
    const { _sum: credited } = await database.prisma.fppsCredit.aggregate({ _sum: { amountSats: true } })
    const stretches = await database.prisma.fppsStretch.count()
    const creditedSats = credited.amountSats ?? 0n
    expect(found.fpps).toMatchObject({ credits: stretches, creditedSats, sharesBehind: 0 })
    expect(creditedSats > 0n && stretches > 1).toBe(kind === 'fpps')
    if (kind === 'pplns') expect(found.blocks.at(-1)!.statement.payeeCount).toBeGreaterThan(1)

    // Each of a block's miners has his proof.
    const { statement } = found.blocks.at(-1)!
    const document: unknown = JSON.parse(
      await readFile(join(folder, 'blocks', `${statement.hash}.json`), 'utf8'),
    )
    const { signedStatement, rows } = readBlockAudit(document, 'it')
    for (const { payee } of rows) {
      const proof = JSON.stringify(payoutProofDocument(signedStatement, rows, payee))
      expect(verifyProof(proof, key.publicKey).problems).toEqual([])
    }

    // The names of rigs are nowhere, and whatever file is tampered with, it is seen.
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name)
      const bytes = await readFile(path)
      expect(bytes.includes('secret-rig-name')).toBe(false)
      if (file.name === 'index.json' || bytes.length === 0) continue
      const changed = Uint8Array.from(bytes)
      changed[bytes.length >> 1]! ^= 1
      await writeFile(path, changed)
      expect((await verifyLog(new FolderSource(folder))).faultCount, path).toBeGreaterThan(0)
      await writeFile(path, bytes)
    }
    // A second export has nothing to add.
    expect(await exportLog(database, folder)).toMatchObject({ newEpochs: 0 })
  },
  LONG_MS,
)
