import { leasePrefix, type LeaseTerms, type PrefixHolder } from '@headframe/db/extranonce1-lease/lease-prefix'
import { releasePrefixes } from '@headframe/db/extranonce1-lease/release-prefixes'
import { renewPrefix } from '@headframe/db/extranonce1-lease/renew-prefix'
import { openPool } from '@headframe/db/open-pool'

/** Who has which prefix, over all hosts of the pool. Every question may fail: the registry may be away. */
export interface PrefixRegistry {
  readonly lease: (holder: PrefixHolder, terms: LeaseTerms) => Promise<number>
  readonly renew: (
    lease: { readonly prefix: number; readonly fence: string },
    leaseMs: number,
  ) => Promise<boolean>
  readonly release: (hostId: string, fromSlot: number) => Promise<number>
  readonly close: () => Promise<void>
}

const QUERY_TIMEOUT_MS = 5_000

/** The registry in Postgres. Opens no connection yet. */
export function openPrefixRegistry(databaseUrl: string): PrefixRegistry {
  const pool = openPool({ url: databaseUrl, maxConnections: 1, queryTimeoutMs: QUERY_TIMEOUT_MS })
  return {
    lease: (holder, terms) => leasePrefix(pool, holder, terms),
    renew: (lease, leaseMs) => renewPrefix(pool, lease, leaseMs),
    release: (hostId, fromSlot) => releasePrefixes(pool, hostId, fromSlot),
    close: () => pool.end(),
  }
}
