import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.js'

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/name`. */
  readonly url: string
  /** Upper bound of connections this process holds; further queries wait for one. */
  readonly maxConnections?: number
  /** Told of connections that break while idle; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void
}

/** One pool of connections, used through Prisma where a query is plain and through SQL where it is not. */
export interface Database {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  /** Waits for queries under way. */
  close(): Promise<void>
}

const DEFAULT_MAX_CONNECTIONS = 5
const CONNECT_TIMEOUT_MS = 5_000

/** Opens no connection yet: the first query does, and fails when the server is away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'headframe',
  })
  // Without a listener the loss of a connection would end the process. The pool listens only while a connection is
  // idle; one that breaks in use makes its query fail, which is enough, and one that breaks as it is thrown away
  // interests nobody.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', options.onIdleError ?? (() => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
