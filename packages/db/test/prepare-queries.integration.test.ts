import { testServices } from '@headframe/local/testing/services'
import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openPool } from '../src/open-pool.js'
import { MAX_PREPARED } from '../src/prepare-queries.js'

const pool = openPool({ url: testServices().postgresUrl, maxConnections: 1, isPrepared: true })
afterAll(() => pool.end())

async function preparedOn(of: pg.Pool): Promise<readonly string[]> {
  const { rows } = await of.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')
  return rows.map(({ statement }) => statement)
}

test('a query with parameters is prepared once, and answers each time what it is asked', async () => {
  const text = 'SELECT $1::int + 1 AS next'
  for (const given of [1, 2, 3]) expect((await pool.query(text, [given])).rows).toEqual([{ next: given + 1 }])
  expect((await pool.query('SELECT 7 AS seven')).rows).toEqual([{ seven: 7 }])
  expect((await pool.query({ text, values: [4] })).rows).toEqual([{ next: 5 }])
  expect(await preparedOn(pool)).toEqual([text])
  await expect(pool.query(text, ['no number'])).rejects.toThrow(/invalid input syntax/)
  expect((await pool.query(text, [5])).rows).toEqual([{ next: 6 }])
})

test('texts that are built are not kept without bound', async () => {
  for (let n = 0; n <= MAX_PREPARED; n++)
    expect((await pool.query(`SELECT $1::int AS n${n}`, [n])).rows).toEqual([{ [`n${n}`]: n }])
  expect(await preparedOn(pool)).toHaveLength(MAX_PREPARED)
})
