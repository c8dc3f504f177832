import { ANSWERED_WITHIN_MS, MAX_WAITING, TAKEN_WITHIN_MS } from '@headframe/core/payout/request'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database.js'
import { answerRequest, takeRequest } from '../../src/payout/answer-request.js'
import { askRequest, type NewRequest } from '../../src/payout/ask-request.js'
import { readControl } from '../../src/payout/control.js'
import { leadPayouts, LostLead, type Lead } from '../../src/payout/lead-payouts.js'
import { listPayoutEvents } from '../../src/payout/list-events.js'
import { hasRequests, listRequests, readRequest } from '../../src/payout/list-requests.js'
import { setApprovalAbove } from '../../src/payout/set-approval-above.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const withRequests = (use: (db: Database) => Promise<void>): Promise<void> => withCopy(template.name, use)
const led = async (db: Database, work: (lead: Lead) => Promise<void>): Promise<void> =>
  expect(await leadPayouts(db, work)).toBeUndefined()
const ask = (db: Database, request: Partial<NewRequest> = {}, nowMs = START_MS) =>
  askRequest(db, { kind: 'reconcile', batchId: undefined, author: 'ann', ...request }, nowMs)
const ANSWER = { text: 'Wallet, books and payouts agree.' }

test('a request is taken by one leader, answered once, and its answer is read as it was given', () =>
  withRequests(async (db) => {
    const id = (await ask(db))!
    expect(await hasRequests(db.pool, START_MS)).toBe(true)
    const reconciliation = {
      walletSats: 5n,
      booksSats: 7n,
      onTheirWaySats: 0n,
      isWhole: true,
      findings: [{ subject: 'asset:wallet', differs: 'less \0 than', toDo: 'look' }],
      findingCount: 1,
    }
    await led(db, async (lead) => {
      expect(await takeRequest(lead, START_MS + 1)).toMatchObject({ id, kind: 'reconcile', takes: 1 })
      expect(await takeRequest(lead, START_MS + 1)).toBeUndefined()
      expect((await readRequest(db.pool, id, START_MS + 1))!.standing).toBe('taken')
      await answerRequest(lead, id, 'done', { text: 'One thing differs.', reconciliation }, START_MS + 2)
      await expect(answerRequest(lead, id, 'refused', ANSWER, START_MS + 3)).rejects.toThrow(
        'not this leader',
      )
    })
    const [first] = reconciliation.findings
    const findings = [{ ...first, differs: 'less \ufffd than' }]
    expect(await listRequests(db.pool, undefined, 10, START_MS + 9)).toEqual([
      {
        id,
        kind: 'reconcile',
        batchId: undefined,
        author: 'ann',
        askedAtMs: START_MS,
        standing: 'done',
        takenAtMs: START_MS + 1,
        answer: { text: 'One thing differs.', reconciliation: { ...reconciliation, findings } },
        answeredAtMs: START_MS + 2,
      },
    ])
    expect(await hasRequests(db.pool, START_MS)).toBe(false)
    expect(await listPayoutEvents(db.pool, undefined, 10)).toMatchObject([
      { what: 'reconcile-asked', author: 'ann' },
    ])
  }))

test('what a leader has ended over is taken by the next, and the one who leads no more answers nothing', () =>
  withRequests(async (db) => {
    const id = (await ask(db, { argument: 'a psbt' }))!
    let ended: Lead | undefined
    await led(db, async (lead) => {
      ended = lead
      await takeRequest(lead, START_MS)
    })
    await led(db, async (lead) => {
      expect(await takeRequest(lead, START_MS + TAKEN_WITHIN_MS)).toMatchObject({
        id,
        takes: 2,
        argument: 'a psbt',
      })
      await expect(answerRequest(ended!, id, 'refused', ANSWER, START_MS)).rejects.toThrow(LostLead)
      await expect(takeRequest(ended!, START_MS)).rejects.toThrow(LostLead)
      await answerRequest(lead, id, 'done', ANSWER, START_MS + TAKEN_WITHIN_MS)
    })
    expect(await readRequest(db.pool, id, START_MS)).toMatchObject({ standing: 'done', answer: ANSWER })
    const { rows } = await db.pool.query('SELECT argument FROM payout_request')
    expect(rows).toEqual([{ argument: null }])
  }))

test('nobody takes what has waited too long, and it stays unanswered', () =>
  withRequests(async (db) => {
    const cutOff = (await ask(db))!
    const waiting = (await ask(db, { argument: 'a psbt' }))!
    await led(db, async (lead) => {
      expect(await takeRequest(lead, START_MS)).toMatchObject({ id: cutOff })
    })
    const standings = async (nowMs: number) =>
      (await listRequests(db.pool, undefined, 10, nowMs)).map(({ standing }) => standing)
    await led(db, async (lead) => {
      expect(await standings(START_MS + TAKEN_WITHIN_MS)).toEqual(['unanswered', 'taken'])
      expect(await hasRequests(db.pool, START_MS + TAKEN_WITHIN_MS)).toBe(true)
      const late = START_MS + ANSWERED_WITHIN_MS
      expect(await takeRequest(lead, late)).toBeUndefined()
      expect(await hasRequests(db.pool, late)).toBe(false)
      expect(await standings(late)).toEqual(['unanswered', 'unanswered'])
    })
    expect(await readRequest(db.pool, cutOff, START_MS)).toMatchObject({ answer: undefined })
    await ask(db, {}, START_MS + ANSWERED_WITHIN_MS)
    const { rows } = await db.pool.query('SELECT argument FROM payout_request WHERE id = $1', [waiting])
    expect(rows).toEqual([{ argument: null }])
  }))

test('so many may wait, and no more', () =>
  withRequests(async (db) => {
    for (let n = 0; n < MAX_WAITING; n++) expect(await ask(db)).toBeDefined()
    expect(await ask(db)).toBeUndefined()
    expect(await ask(db, {}, START_MS + TAKEN_WITHIN_MS)).toBeDefined()
  }))

test('the database lets an answer be no other, and nothing be answered that nobody took', () =>
  withRequests(async (db) => {
    const answered = (await ask(db))!
    await led(db, async (lead) => {
      await takeRequest(lead, START_MS)
      await answerRequest(lead, answered, 'refused', ANSWER, START_MS)
    })
    const asked = (await ask(db))!
    const change = (id: bigint, set: string) =>
      db.pool.query(`UPDATE payout_request SET ${set} WHERE id = $1`, [id])
    await expect(change(answered, `state = 'done'`)).rejects.toThrow('is refused, and cannot become done')
    await expect(change(answered, `answer = '{}'`)).rejects.toThrow('is refused')
    const done = `state = 'done', answer = '{}', answered_at = now()`
    await expect(change(asked, done)).rejects.toThrow('is asked, and cannot become done')
    await expect(change(asked, `kind = 'import'`)).rejects.toThrow('cannot become')
    await expect(db.pool.query('DELETE FROM payout_request')).rejects.toThrow()
  }))

test('above which amount approval is needed besides the setting: said, taken back, each an event once', () =>
  withRequests(async (db) => {
    for (const sats of [5_000n, 5_000n, undefined]) await setApprovalAbove(db, sats, 'ann', START_MS)
    expect((await readControl(db.pool)).approvalAboveSats).toBeUndefined()
    await setApprovalAbove(db, 0n, 'bob', START_MS)
    expect((await readControl(db.pool)).approvalAboveSats).toBe(0n)
    const events = await listPayoutEvents(db.pool, undefined, 10)
    expect(events.map(({ detail, author }) => [detail, author])).toEqual([
      ['above 0.00005000 BTC', 'ann'],
      ['as the setting says', 'ann'],
      ['above 0.00000000 BTC', 'bob'],
    ])
  }))
