import pg from 'pg'

const CONNECT_TIMEOUT_MS = 5_000

/** Runs one statement on a connection of its own and gives its rows. */
export async function runSql(url: string, text: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // A server that goes away while the connection is idle must not be an uncaught event.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const result = await client.query<Record<string, unknown>>(text, [...values])
    return result.rows
  } finally {
    await client.end()
  }
}
