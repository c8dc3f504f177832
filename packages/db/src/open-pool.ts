import pg from 'pg'
import { prepareQueries } from './prepare-queries.js'

export interface PoolOptions {
  /** `postgresql://user:password@host:port/name`. */
  readonly url: string
  /** Upper bound of connections this process holds; further queries wait for one. */
  readonly maxConnections?: number
  /** A query that takes longer fails; without it a query waits for as long as the connection lives. */
  readonly queryTimeoutMs?: number
  /** Whether queries with parameters are prepared on the server: see `prepareQueries`. */
  readonly isPrepared?: boolean
  /** Told of connections that break while idle; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void
}

const DEFAULT_MAX_CONNECTIONS = 5
const CONNECT_TIMEOUT_MS = 5_000

/** Connections for SQL alone, without Prisma. Opens none yet: the first query does, and fails when the server is away. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
    application_name: 'headframe',
  })
  // Without a listener the loss of a connection would end the process. The pool listens only while a connection is
  // idle; one that breaks in use makes its query fail, which is enough, and one that breaks as it is thrown away
  // interests nobody.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', options.onIdleError ?? (() => undefined))
  if (options.isPrepared === true) prepareQueries(pool)
  return pool
}
