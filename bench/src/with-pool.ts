import { LoadGroup } from './load/load-group.js'
import { openServePool, type ServePool, type ServePoolOptions } from './serve-pool.js'

/** Transactions of a full block: 12 steps of Merkle path. */
export const FULL_BLOCK = 2_048

/**
 * One machine plays a whole world of miners here, so the bounds a peer and an address are lifted (0 is no limit). And
 * what is measured should not be met by a new template half-way.
 */
export const NO_LIMITS: Readonly<Record<string, string>> = {
  STRATUM_MAX_CONNECTIONS: '0',
  STRATUM_MAX_CONNECTIONS_PER_ADDRESS: '0',
  STRATUM_MAX_CONNECTIONS_PER_SUBNET: '0',
  STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND: '0',
  STRATUM_MAX_MESSAGES_PER_SECOND: '0',
  STRATUM_MAX_MESSAGES_PER_SECOND_PER_ADDRESS: '0',
  STRATUM_MAX_SUBMITS_PER_SECOND: '0',
  STRATUM_MAX_SUBMITS_PER_SECOND_PER_MINER: '0',
  TEMPLATE_REFRESH_SECONDS: '600',
}

/** Starts so many load processes. */
export type StartLoad = (processCount: number) => LoadGroup

/** Runs something against a pool of its own; the load and the pool end with it. */
export async function withPool<T>(
  options: ServePoolOptions,
  run: (pool: ServePool, startLoad: StartLoad) => Promise<T>,
): Promise<T> {
  const groups: LoadGroup[] = []
  const pool = await openServePool(options)
  try {
    return await run(pool, (processCount) => {
      const group = new LoadGroup(processCount)
      groups.push(group)
      return group
    })
  } finally {
    await Promise.all(groups.map((group) => group.end()))
    await pool.close()
  }
}
