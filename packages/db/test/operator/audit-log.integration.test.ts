import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listActions, listAuthors, type ActionFilter } from '../../src/operator/list-actions.js'
import { endAction, recordAction, startAction } from '../../src/operator/record-action.js'
import { openTestDatabase, textRows, type TestDatabase } from '../support/test-database.js'

const NOW_MS = Date.UTC(2026, 0, 2)

let own: TestDatabase
beforeAll(async () => {
  own = await openTestDatabase()
  const { pool } = own.db
  const ada = { operatorId: 1, author: 'ada' }
  const paused = { ...ada, action: 'payouts.pause', input: { reason: 'a \u0000 wallet' } }
  const outcome = { before: { isPaused: false }, after: { isPaused: true } }
  await recordAction(pool, paused, outcome, NOW_MS)
  const approved = { ...ada, action: 'payouts.approve', subject: 'payout 7' }
  await recordAction(pool, approved, { problem: 'it was cancelled' }, NOW_MS + 1)
  const added = { operatorId: undefined, author: 'command: root', action: 'operators.add' }
  await startAction(pool, added, NOW_MS + 2)
})
afterAll(() => own.drop())

describe('the audit log', () => {
  it('has each action, the newest first, with what became of it', async () => {
    expect(await listActions(own.db.pool, {}, undefined, 10)).toEqual([
      {
        id: 3n,
        atMs: NOW_MS + 2,
        author: 'command: root',
        action: 'operators.add',
        subject: undefined,
        input: undefined,
        // It was cut off.
        outcome: undefined,
      },
      {
        id: 2n,
        atMs: NOW_MS + 1,
        author: 'ada',
        action: 'payouts.approve',
        subject: 'payout 7',
        input: undefined,
        outcome: { atMs: NOW_MS + 1, before: undefined, after: undefined, problem: 'it was cancelled' },
      },
      {
        id: 1n,
        atMs: NOW_MS,
        author: 'ada',
        action: 'payouts.pause',
        subject: undefined,
        // NUL is no character of Postgres.
        input: { reason: 'a \ufffd wallet' },
        outcome: { atMs: NOW_MS, before: { isPaused: false }, after: { isPaused: true }, problem: undefined },
      },
    ])
    expect(await listAuthors(own.db.pool)).toEqual(['ada', 'command: root'])
  })

  it.each<[ActionFilter, bigint[]]>([
    [{ author: 'ada' }, [2n, 1n]],
    [{ action: 'payouts.' }, [2n, 1n]],
    [{ action: 'payouts.pause' }, [1n]],
    [{ subject: 'payout 7' }, [2n]],
    [{ outcome: 'done' }, [1n]],
    [{ outcome: 'not-done' }, [2n]],
    [{ outcome: 'unknown' }, [3n]],
    [{ author: 'ada', outcome: 'unknown' }, []],
  ])('is asked for %j', async (filter, ids) => {
    expect((await listActions(own.db.pool, filter, undefined, 10)).map(({ id }) => id)).toEqual(ids)
  })

  it('is read page by page', async () => {
    const page = async (beforeId?: bigint) =>
      (await listActions(own.db.pool, {}, beforeId, 2)).map(({ id }) => id)
    expect([await page(), await page(2n), await page(1n)]).toEqual([[3n, 2n], [1n], []])
  })

  it.each(['operator_action', 'operator_action_outcome'])(
    'is only ever added to: nobody changes or deletes a row of %s',
    async (table) => {
      const before = await textRows(own.db, `SELECT * FROM ${table}`)
      for (const sql of [
        `UPDATE ${table} SET at = now()`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(own.db.pool.query(sql), sql).rejects.toThrow(/its rows are written once/)
      }
      expect(await textRows(own.db, `SELECT * FROM ${table}`)).toEqual(before)
    },
  )

  it('says of each action once how it ended', async () => {
    await expect(endAction(own.db.pool, 1n, {}, NOW_MS)).rejects.toThrow(/duplicate key/)
  })
})
