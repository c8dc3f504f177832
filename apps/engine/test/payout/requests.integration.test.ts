import { MAX_TAKES, type RequestAnswer } from '@headframe/core/payout/request'
import { versionToSign } from '@headframe/core/payout/version-to-sign'
import { takeRequest } from '@headframe/db/payout/answer-request'
import { askRequest, type NewRequest } from '@headframe/db/payout/ask-request'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { leadPayouts, LostLead } from '@headframe/db/payout/lead-payouts'
import { readBatch } from '@headframe/db/payout/list-batches'
import { listPayoutEvents } from '@headframe/db/payout/list-events'
import { readRequest, type PayoutRequest } from '@headframe/db/payout/list-requests'
import { setApprovalAbove } from '@headframe/db/payout/set-approval-above'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerRequests } from '../../src/payout/answer-requests.js'
import { answerPayoutRequestsTask } from '../../src/tasks/answer-payout-requests.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import { PayGround, scriptOf } from './pay-ground.js'
import { silentLog } from './silent-log.js'

const own = ownDatabase()
const node = ownNode()

let pool: PayGround
beforeEach(async () => {
  pool = await PayGround.open(own().db, node().url)
})
afterEach(async () => {
  pool.options = { ...pool.options, signing: 'wallet', approvalAboveSats: undefined }
  await pool.run()
  await pool.bury()
})

async function ask(request: Partial<NewRequest> & Pick<NewRequest, 'kind'>): Promise<bigint> {
  return (await askRequest(own().db, { batchId: undefined, author: 'ada', ...request }, pool.nowMs))!
}

const standingOf = async (id: bigint): Promise<PayoutRequest> =>
  (await readRequest(own().db.pool, id, pool.nowMs))!

async function answered(
  request: Partial<NewRequest> & Pick<NewRequest, 'kind'>,
): Promise<{ readonly standing: string; readonly text: string } & RequestAnswer> {
  const id = await ask(request)
  await pool.answer()
  const { standing, answer } = await standingOf(id)
  return { standing, ...answer! }
}

/** A payout that waits for signatures, and what signs it. */
async function toBeSigned() {
  pool.options = { ...pool.options, signing: 'operator' }
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const { id } = await pool.expectState('funded', 'awaits-signature')
  const { psbt } = versionToSign((await readBatch(own().db.pool, id))!)
  const signed = await pool.funds<{ psbt: string }>('walletprocesspsbt', [psbt])
  return { id, addresses, psbt, signed: signed.psbt }
}

test('a signed PSBT that is asked for: refused with what is wrong with it, and taken when nothing is', async () => {
  const { id, addresses, psbt, signed } = await toBeSigned()
  const bring = (argument: string) => answered({ kind: 'import', batchId: id, argument })
  expect(await bring('a photograph of it')).toEqual({
    standing: 'refused',
    text: 'That is no PSBT of version 0 (BIP 174) in base64: PSBT: not base64.',
  })
  const other = await pool.funds<{ psbt: string }>('walletcreatefundedpsbt', [
    [],
    [{ [addresses[0]!]: '0.001' }],
  ])
  const not = `That is a PSBT of another transaction than version 1 of payout ${id}: it`
  expect(await bring(other.psbt)).toEqual({ standing: 'refused', text: `${not} spends none of its coins.` })
  expect(await bring(await withOtherOutput(psbt))).toEqual({
    standing: 'refused',
    text: `${not} has 1 outputs, and 2 were to be paid.`,
  })
  expect(await bring(psbt)).toEqual({
    standing: 'refused',
    text: 'Signatures are missing: the PSBT is not complete yet.',
  })
  await pool.expectState('funded', 'awaits-signature')
  const taken = await bring(signed)
  const { txid } = await pool.expectState('signed')
  expect(taken).toEqual({
    standing: 'done',
    text: `Payout ${id} is signed, and is sent with the next run: ${txid}`,
  })
  // Said twice it is done once.
  expect(await bring(signed)).toEqual(taken)
  await pool.run()
  await pool.expectState('broadcast')
  await pool.bury()
  await pool.expectPaid(addresses, [300_000n])
})

/** A PSBT that spends the same coins for somebody else. */
async function withOtherOutput(psbt: string): Promise<string> {
  const { tx } = await pool.node<{ tx: { vin: { txid: string; vout: number; sequence: number }[] } }>(
    'decodepsbt',
    [psbt],
  )
  return pool.node<string>('createpsbt', [tx.vin, [{ [await pool.stranger()]: '4.99' }]])
}

test('a payout is looked at again at once, and the answer says how it stands', async () => {
  const [poor] = await pool.owe(2_600_000_000n)
  await pool.pay()
  const { id } = await pool.expectState('planned', 'insufficient-funds')
  const still = await answered({ kind: 'retry', batchId: id })
  expect(still.standing).toBe('done')
  expect(still.text).toMatch(
    new RegExp(`^Payout ${id} is planned, and does not go on \\(insufficient-funds\\): 26\\.00000000 BTC`),
  )
  expect((await answered({ kind: 'retry' })).text).toMatch(
    /^1 payout is under way; 1 do not go on, first payout \d+ \(insufficient-funds\)/,
  )
  await pool.node('generatetoaddress', [1, await pool.newAddress()])
  await pool.mine(100)
  expect(await answered({ kind: 'retry', batchId: id })).toEqual({
    standing: 'done',
    text: `Payout ${id} is broadcast.`,
  })
  expect((await answered({ kind: 'retry' })).text).toBe('1 payout is under way, and nothing holds them up.')
  await pool.bury()
  await pool.expectPaid([poor!], [2_600_000_000n])
  expect((await answered({ kind: 'retry' })).text).toBe('No payout is under way.')
  const wallet = pool.wallet
  pool.wallet = pool.openWallet('http://127.0.0.1:1/wallet/none')
  expect((await answered({ kind: 'retry' })).text).toMatch(
    /^No payout is under way\. No payout goes on: .*ECONNREFUSED/,
  )
  expect(await answered({ kind: 'reconcile' })).toMatchObject({
    standing: 'refused',
    text: expect.stringContaining('ECONNREFUSED') as string,
  })
  pool.wallet = wallet
})

test('the wallet is held against books and payouts: what differs is named, with what to do', async () => {
  const { db } = own()
  await db.pool.query('DELETE FROM pool_script')
  const address = await pool.newAddress()
  await db.prisma.poolScript.create({
    data: { script: Buffer.from(scriptOf(address)), address, firstUsedAt: new Date() },
  })
  const findings = async () => {
    const { standing, reconciliation } = await answered({ kind: 'reconcile' })
    expect(standing).toBe('done')
    return reconciliation!.findings
  }
  const [{ differs } = { differs: '' }] = await findings()
  // What the wallet has over the books of earlier tests.
  expect(differs).toMatch(/^the wallet has \d+\.\d{8} BTC more than the books$/)
  const [miner] = await pool.owe(300_000n)
  await pool.pay()
  await pool.mine(1)
  expect((await findings()).slice(1)).toEqual([
    {
      subject: `payout ${(await pool.latest()).id}`,
      differs: 'it is in a block, and not written down yet',
      toDo: 'Nothing: the next run writes it down.',
    },
  ])
  await pool.bury()
  const txid = await pool.funds<string>('sendtoaddress', [miner, '0.003'])
  const [coin] = await pool.funds<{ txid: string; vout: number }[]>('listunspent', [1])
  await pool.funds('lockunspent', [false, [{ txid: coin!.txid, vout: coin!.vout }], true])
  const [, send, locked] = await findings()
  expect(send).toMatchObject({
    subject: txid,
    txid,
    differs: `this database knows nothing of it. It paid 0.00300000 BTC to ${miner!}, a miner of this pool`,
  })
  expect(locked).toMatchObject({
    subject: `${coin!.txid}:${coin!.vout}`,
    differs: 'the coin is locked in the wallet, and belongs to no payout of this database',
  })
  await declareSends(db, [txid], 'a present', { author: 'ada', atMs: pool.nowMs })
  await pool.funds('lockunspent', [true])
  expect(await findings()).toHaveLength(1)
  await pool.mine(1)
})

test('a process that is killed between taking and answering: the next does it, and it is done once', async () => {
  const { id, addresses, signed } = await toBeSigned()
  const request = await ask({ kind: 'import', batchId: id, argument: signed })
  const killed = leadPayouts(own().db, (lead) => {
    const modules = pool.answering(lead)
    const store = {
      ...modules.store,
      async sign(...said: Parameters<typeof modules.store.sign>) {
        await modules.store.sign(...said)
        // As far as the database ever hears of it.
        await own().db.pool.query(`UPDATE payout_control SET leader_token = leader_token + 1`)
      },
    }
    return answerRequests(pool.options, { ...modules, store })
  })
  await expect(killed).rejects.toThrow(LostLead)
  expect(await standingOf(request)).toMatchObject({ standing: 'taken', answer: undefined })
  await pool.answer()
  const { txid } = await pool.expectState('signed')
  expect(await standingOf(request)).toMatchObject({
    standing: 'done',
    answer: { text: `Payout ${id} is signed, and is sent with the next run: ${txid}` },
  })
  const events = await listPayoutEvents(own().db.pool, id, 100)
  expect(events.filter(({ what }) => what === 'signed')).toHaveLength(1)
  await pool.run()
  await pool.bury()
  await pool.expectPaid(addresses, [300_000n])
})

test('one who has lost the lead answers nothing: the one who leads now does', async () => {
  const id = await ask({ kind: 'retry' })
  const lost = leadPayouts(own().db, async (lead) => {
    await takeRequest(lead, pool.nowMs)
    // Waits until it has ended: its lock ends with it.
    await own().db.pool.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    await pool.answer()
    const { answer, takenAtMs } = await standingOf(id)
    await expect(answerRequests(pool.options, pool.answering(lead))).rejects.toThrow(LostLead)
    expect(await standingOf(id)).toMatchObject({ standing: 'done', answer, takenAtMs })
  })
  await lost
})

test('what processes end over again and again is refused, and they go on', async () => {
  const id = await ask({ kind: 'retry' })
  for (let n = 0; n < MAX_TAKES; n++) await leadPayouts(own().db, (lead) => takeRequest(lead, pool.nowMs))
  await pool.answer()
  expect(await standingOf(id)).toMatchObject({
    standing: 'refused',
    answer: { text: '3 processes have ended over this request: see the log of settle.' },
  })
})

test('the task answers what was asked, tells pages of it, and leads only for that', async () => {
  const { db } = own()
  let told = 0
  const task = answerPayoutRequestsTask(pool.options, {
    db,
    wallet: pool.wallet,
    log: silentLog,
    nowMs: () => pool.nowMs,
    onPayout: () => (told += 1),
  })
  const tokenOf = async () =>
    (await db.pool.query<{ leader_token: string }>('SELECT leader_token FROM payout_control')).rows[0]!
      .leader_token
  const before = await tokenOf()
  await task.handler({})
  expect([told, await tokenOf()]).toEqual([0, before])
  const first = await ask({ kind: 'retry' })
  const second = await ask({ kind: 'retry' })
  await leadPayouts(db, () => task.handler({}))
  expect((await standingOf(first)).standing).toBe('asked')
  await task.handler({})
  for (const id of [first, second]) expect((await standingOf(id)).standing).toBe('done')
  expect(told).toBe(2)
})

test('what an operator says needs approval besides the setting', async () => {
  pool.options = { ...pool.options, approvalAboveSats: 400_000n }
  await setApprovalAbove(own().db, 250_000n, 'ada', pool.nowMs)
  await pool.owe(300_000n)
  await pool.pay()
  expect(await pool.expectState('planned')).toMatchObject({ awaitsApproval: true })
  await setApprovalAbove(own().db, undefined, 'ada', pool.nowMs)
  await pool.owe(350_000n)
  await pool.pay()
  expect(await pool.expectState('broadcast')).toMatchObject({ awaitsApproval: false })
  await own().db.pool.query('UPDATE payout_batch SET needs_approval = false')
})
