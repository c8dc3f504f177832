import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { openDatabase } from '@headframe/db/database'
import { AnyNode } from '@headframe/engine/bitcoind/any-node'
import { closeNodes, openNodes } from '@headframe/engine/bitcoind/open-nodes'
import { createLog } from '@headframe/engine/log'
import type { PayoutTerms } from '@headframe/engine/payout/payout-terms'
import { settleBlockTask } from '@headframe/engine/tasks/settle-block'

export interface SettleOrder {
  readonly databaseUrl: string
  readonly nodeUrl: string
  readonly network: 'regtest'
  readonly terms: PayoutTerms
}

export interface Settled {
  readonly tookMs: number
  /** The most that the process ever held. */
  readonly maxRssBytes: number
}

/** One run of the task that settles blocks, in this process and nothing else. */
process.once('message', (order: SettleOrder) => void settle(order))

async function settle({ databaseUrl, nodeUrl, network, terms }: SettleOrder): Promise<void> {
  const db = openDatabase({ url: databaseUrl })
  const nodes = openNodes(parseBitcoinNodes(nodeUrl))
  const log = createLog({ level: 'silent', name: 'settle' })
  const modules = { db, rpc: new AnyNode(nodes), log, nowMs: Date.now, onChange: () => undefined }
  const task = settleBlockTask({ network, ...terms }, modules)
  const startedMs = performance.now()
  await task.handler({})
  const tookMs = performance.now() - startedMs
  closeNodes(nodes)
  await db.close()
  const settled: Settled = { tookMs, maxRssBytes: process.resourceUsage().maxRSS * 1024 }
  process.send?.(settled, () => process.exit(0))
}
