import pg from 'pg'
import { runSql } from './sql.js'

export interface Database {
  /** Like the server's URL, with this database's name. */
  readonly url: string
  readonly name: string
  /** Removes it, and ends whoever is still connected. */
  drop(): Promise<void>
}

/** `url` with another database's name. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}

/** Makes a database on the server of `url`, empty or as a copy of `template` (to which nobody may be connected). */
export async function createDatabase(url: string, name: string, template?: string): Promise<Database> {
  const quoted = pg.escapeIdentifier(name)
  const from = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`
  await runSql(url, `CREATE DATABASE ${quoted}${from}`)
  return {
    url: databaseUrl(url, name),
    name,
    drop: async () => {
      await runSql(url, `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`)
    },
  }
}
