import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isPortFree } from '../src/free-port.js'
import { startPostgres } from '../src/postgres.js'
import { runSql } from '../src/sql.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const options = () => ({ directory: join(folder.path, 'postgres'), durable: false })

test('a second start on the same folder continues with the data of the first', async () => {
  const first = await startPostgres(options())
  await runSql(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await first.stop()
  expect(await isPortFree(first.port)).toBe(true)

  const second = await startPostgres(options())
  expect(await runSql(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(await runSql(second.url, 'SELECT current_database() AS name')).toEqual([{ name: 'headframe' }])
  await second.stop()
})

test('it refuses a connection without the password', async () => {
  const postgres = await startPostgres(options())
  const url = new URL(postgres.url)
  url.password = 'wrong'
  await expect(runSql(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  await postgres.stop()
})

test('what was committed before a kill -9 is there afterwards', async () => {
  const first = await startPostgres({ directory: join(folder.path, 'postgres') })
  await runSql(first.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await first.child.kill()

  const second = await startPostgres({ directory: join(folder.path, 'postgres') })
  expect(await runSql(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
  await second.stop()
})

test('a lock whose process id now belongs to another program is no obstacle', async () => {
  const first = await startPostgres(options())
  await first.child.kill()
  const lock = join(folder.path, 'postgres', 'data', 'postmaster.pid')
  const lines = readFileSync(lock, 'utf8').split('\n')
  writeFileSync(lock, [String(process.pid), ...lines.slice(1)].join('\n'))

  const second = await startPostgres(options())
  expect(await runSql(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await second.stop()
})

test('an interrupted initdb is thrown away', async () => {
  const draft = join(folder.path, 'postgres', 'data.initialising')
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'PG_VERSION'), 'half')
  const postgres = await startPostgres(options())
  expect(await runSql(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

test('a port in use is named', async () => {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  await expect(startPostgres({ ...options(), port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(String(port)) as string,
  })
  server.close()
})
