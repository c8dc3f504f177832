import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface ScratchDatabase {
  readonly url: string
  /** Removes it, and ends whoever is still connected. */
  drop(): Promise<void>
}

const NAME_BYTES = 4

/** An empty database beside the one of `url`, on the same server. Its user must be allowed to make one. */
export async function createScratchDatabase(url: string): Promise<ScratchDatabase> {
  const scratch = new URL(url)
  const name = `${scratch.pathname.slice(1)}_replay_${randomBytes(NAME_BYTES).toString('hex')}`
  scratch.pathname = `/${name}`
  const quoted = pg.escapeIdentifier(decodeURIComponent(name))
  await runAlone(url, `CREATE DATABASE ${quoted}`)
  return {
    url: scratch.href,
    drop: () => runAlone(url, `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`),
  }
}

/** A statement that may not stand in a transaction. */
async function runAlone(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
