import pg from 'pg'

const DUPLICATE_DATABASE = '42P04'

/**
 * A connection URL in parts. Never hand adapter-pg a connection string: for the shadow database it overrides
 * `database` beside it, and pg lets the string win, so the shadow database would be the real one.
 */
export function connectionParts(url) {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: decodeURIComponent(hostname),
    port: port === '' ? 5432 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

export async function canConnect(url) {
  await withClient(connectionParts(url), async () => {})
}

/** Returns the name; a database that exists already is fine. */
export async function createDatabase(url, name = connectionParts(url).database) {
  try {
    await onServer(url, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`))
  } catch (error) {
    if (error.code !== DUPLICATE_DATABASE) throw error
  }
  return name
}

export async function dropDatabase(url, name = connectionParts(url).database) {
  await onServer(url, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

/** Databases are made and dropped from the one that is always there. */
function onServer(url, task) {
  return withClient({ ...connectionParts(url), database: 'postgres' }, task)
}

async function withClient(parts, task) {
  const client = new pg.Client(parts)
  await client.connect()
  try {
    return await task(client)
  } finally {
    await client.end()
  }
}
