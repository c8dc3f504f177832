import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from './generated/client.js'
import { openPool, type PoolOptions } from './open-pool.js'

export type DatabaseOptions = PoolOptions

/** One pool of connections, used through Prisma where a query is plain and through SQL where it is not. */
export interface Database {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  /** Waits for queries under way. */
  close(): Promise<void>
}

/** Opens no connection yet: the first query does, and fails when the server is away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options)
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
