import { minerAccount } from '@headframe/core/accounting/account'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countAlarms } from '../../src/alarm/count-alarms.js'
import { setAlarms } from '../../src/alarm/alarms.js'
import { postCorrection } from '../../src/ledger/post-correction.js'
import { cancelUnsigned } from '../../src/payout/cancel-batch.js'
import { pausePayouts } from '../../src/payout/control.js'
import { leadPayouts } from '../../src/payout/lead-payouts.js'
import { planBatch } from '../../src/payout/plan-batch.js'
import { readPayoutFigures } from '../../src/payout/read-figures.js'
import { tellProblem } from '../../src/payout/tell-problem.js'
import { scriptOf } from '../support/payout.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

test('payouts are counted by state, with what is owed, the oldest under way, and what stops them', () =>
  withCopy(template.name, async (db) => {
    expect(await readPayoutFigures(db.pool)).toMatchObject({
      stuck: 0,
      oldestOpenAtMs: undefined,
      availableSats: 0n,
    })
    await db.prisma.miner.create({ data: { address: ADDRESS, firstSeenAt: new Date(START_MS) } })
    const postings = [
      { account: 'asset:wallet', amountSats: 100_000n },
      { account: minerAccount(ADDRESS, 'available'), amountSats: -100_000n },
    ]
    const debt = { author: 'ann', reason: 'owed from before', postings }
    await postCorrection(db, debt, { nowMs: START_MS, isDryRun: false })
    await leadPayouts(db, async (lead) => {
      const plan = (amountSats: bigint, nowMs: number) => {
        const items = [{ address: ADDRESS, script: scriptOf(ADDRESS), amountSats }]
        return planBatch(lead, { items, feePayer: 'pool', needsApproval: false }, nowMs)
      }
      const back = await plan(10_000n, START_MS + 1)
      await cancelUnsigned(db, back, { atMs: START_MS + 2, author: 'ann' })
      await plan(20_000n, START_MS + 3)
      const stuck = await plan(30_000n, START_MS + 4)
      await tellProblem(
        lead,
        stuck,
        { problem: 'insufficient-funds', detail: 'more is needed' },
        START_MS + 5,
      )
    })
    await pausePayouts(db, 'ann', 'an audit', START_MS + 6)
    expect(await readPayoutFigures(db.pool)).toEqual({
      byState: new Map([
        ['planned', 2],
        ['cancelled', 1],
      ]),
      stuck: 1,
      oldestOpenAtMs: START_MS + 3,
      isPaused: true,
      problem: undefined,
      availableSats: 50_000n,
      lockedSats: 50_000n,
      immatureSats: 0n,
      walletSats: 100_000n,
    })
  }))

test('alarms are counted by name', () =>
  withCopy(template.name, async (db) => {
    expect(await countAlarms(db.pool)).toEqual(new Map())
    const wrong = (...subjects: readonly string[]) =>
      subjects.map((subject) => ({ subject, message: 'is wrong' }))
    await setAlarms(db.pool, 'task', wrong('prune', 'pay-miners'), START_MS)
    await setAlarms(db.pool, 'ledger', wrong(''), START_MS)
    expect(await countAlarms(db.pool)).toEqual(
      new Map([
        ['ledger', 1],
        ['task', 2],
      ]),
    )
  }))
