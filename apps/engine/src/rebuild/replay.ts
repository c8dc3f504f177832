import type { Network } from '@headframe/core/chain/network'
import type { Database } from '@headframe/db/database'
import { compareRows, readKept, type Comparison } from '@headframe/db/replay/compare-rows'
import { COMPARED } from '@headframe/db/replay/compared'
import { copyFacts } from '@headframe/db/replay/copy-facts'
import { readSnapshot } from '@headframe/db/replay/read-snapshot'
import type { RpcClient } from '../bitcoind/rpc-client.js'
import { rebuildJournal } from './rebuild-journal.js'
import { LedgerRebuild } from './rebuild-ledger.js'

export interface ReplayOptions {
  readonly network: Network
  /** Where segments are that the database has no bytes of any more. */
  readonly journalFolder: string | undefined
}

export interface ReplayModules {
  /** The database of the pool. It is read as it is at one moment; the pool may run meanwhile. */
  readonly live: Database
  /** Migrated and empty. */
  readonly rebuilt: Database
  readonly rpc: Pick<RpcClient, 'call'>
  /** Told what is being done. */
  readonly tell: (what: string) => void
}

/** Rebuilds rollups, ledger and balances of a pool out of its log on an empty database, and compares both. */
export function replay(options: ReplayOptions, modules: ReplayModules): Promise<Comparison[]> {
  const { live, rebuilt, rpc, tell } = modules
  return readSnapshot(live.pool, async (client) => {
    await refuseUsed(rebuilt)
    tell('the journal')
    await rebuildJournal(client, rebuilt, options.journalFolder)
    await copyFacts(client, rebuilt.pool)
    tell('the ledger')
    await LedgerRebuild.run(options.network, { live: client, rebuilt, rpc })
    tell('the comparison')
    const kept = await readKept(client)
    return readSnapshot(rebuilt.pool, async (other) => {
      const comparisons: Comparison[] = []
      for (const compared of COMPARED) comparisons.push(await compareRows(client, other, compared, kept))
      return comparisons
    })
  })
}

async function refuseUsed({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ is_used: boolean }>(
    `SELECT EXISTS (SELECT FROM segment) OR EXISTS (SELECT FROM block) OR EXISTS (SELECT FROM ledger_transaction)
       OR EXISTS (SELECT FROM pool) AS is_used`,
  )
  if (rows[0]!.is_used)
    throw new Error('The database to replay into is not empty; a replay never writes over another.')
}
