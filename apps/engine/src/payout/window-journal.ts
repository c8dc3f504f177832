import type { WindowContent } from '@headframe/core/accounting/pplns-window'
import { openPool } from '@headframe/db/open-pool'
import { readJournalEnd } from '@headframe/db/window/read-journal-end'
import { readWindow } from '@headframe/db/window/read-window'
import type { SharePosition } from '@headframe/db/window/share-position'

/** Where windows are read from. Every question may fail: the database may be away. */
export interface WindowJournal {
  readonly readEnd: () => Promise<SharePosition | undefined>
  readonly readWindow: (end: SharePosition, length: bigint) => Promise<Pick<WindowContent, 'scores'>>
  readonly close: () => Promise<void>
}

/** The sums of a window of years are read in one query. */
const QUERY_TIMEOUT_MS = 60_000

/** The journal in Postgres. Opens no connection yet. */
export function openWindowJournal(databaseUrl: string): WindowJournal {
  const pool = openPool({ url: databaseUrl, maxConnections: 1, queryTimeoutMs: QUERY_TIMEOUT_MS })
  return {
    readEnd: () => readJournalEnd(pool),
    readWindow: (end, length) => readWindow(pool, end, length),
    close: () => pool.end(),
  }
}
