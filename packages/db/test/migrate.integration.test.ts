import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '@headframe/local/testing/services'
import { openDatabase, type Database } from '../src/database.js'
import { migrate } from '../src/migrate.js'

const root = fileURLToPath(new URL('..', import.meta.url))

function prisma(url: string, ...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/prisma.mjs'), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: url },
    },
  )
  return { status, text: stdout + stderr }
}

describe('migrate', () => {
  let created: Awaited<ReturnType<typeof createTestDatabase>>
  let db: Database

  beforeAll(async () => {
    created = await createTestDatabase()
    db = openDatabase({ url: created.url })
  })
  afterAll(async () => {
    await db.close()
    await created.drop()
  })

  it('applies each migration once, also when two processes start together', async () => {
    const [a, b] = await Promise.all([migrate(db.pool), migrate(db.pool)])
    const folders = await readdir(join(root, 'prisma/migrations'), { withFileTypes: true })
    const count = folders.filter((entry) => entry.isDirectory()).length
    expect([a.length, b.length].sort()).toEqual([0, count])
    expect(await migrate(db.pool)).toEqual([])
  })

  it('leaves a database that Prisma sees as in step', () => {
    expect(prisma(created.url, 'migrate', 'status')).toMatchObject({ status: 0 })
    const deploy = prisma(created.url, 'migrate', 'deploy')
    expect(deploy.text).toContain('No pending migrations to apply')
    expect(deploy.status).toBe(0)
  })

  it('matches the schema: migrations and models have not drifted apart', () => {
    const args = ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema']
    const diff = prisma(created.url, ...args, '--exit-code')
    expect(diff.text).toContain('No difference detected')
    expect(diff.status).toBe(0)
  })

  it('refuses a database that is ahead, or whose migrations were changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headframe-migrations-'))
    await cp(join(root, 'prisma/migrations'), folder, { recursive: true })
    await mkdir(join(folder, '99990101000000_later'))
    const later = join(folder, '99990101000000_later/migration.sql')
    await writeFile(later, 'CREATE TABLE later (id INT); SELECT 1 / 0;')
    await expect(migrate(db.pool, folder)).rejects.toThrow('division by zero')
    const { rows } = await db.pool.query<{ exists: boolean }>(
      `SELECT to_regclass('later') IS NOT NULL AS exists`,
    )
    expect(rows[0]!.exists).toBe(false)
    await writeFile(later, 'CREATE TABLE later (id INT);')
    expect(await migrate(db.pool, folder)).toEqual(['99990101000000_later'])
    await expect(migrate(db.pool)).rejects.toThrow('it is newer')
    await writeFile(later, 'CREATE TABLE later (id INT); -- edited')
    await expect(migrate(db.pool, folder)).rejects.toThrow('was changed after')
    await rm(folder, { recursive: true })
  })
})
