import { MAX_WAITING } from '@headframe/core/payout/request'
import { addOperator } from '@headframe/db/operator/add-operator'
import { listActions } from '@headframe/db/operator/list-actions'
import { OPERATOR_ROLES, type OperatorRole } from '@headframe/db/operator/operator'
import { answerRequest, takeRequest } from '@headframe/db/payout/answer-request'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import { listKnownSends } from '@headframe/db/payout/list-known-sends'
import { readPool } from '@headframe/db/pool/read-pool'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SCOPES_OF_ROLE } from '../../src/server/operators/roles'
import type { OperatorViewer } from '../../src/server/viewer'
import { payOut } from '../support/pay-out'
import { openTestApi, STEADY, type TestApi } from '../support/test-api'

const TXID = 'c'.repeat(64)
/** Pays 10,000 satoshis to somebody. */
const PSBT =
  'cHNidP8BAFICAAAAARERERERERERERERERERERERERERERERERERERERERERAAAAAAD9////ARAnAAAAAAAAFgAUIiIiIiIiIiIiIiIiIiIiIiIiIiIAAAAAAAAA'

let api: TestApi
const operators = new Map<OperatorRole, OperatorViewer>()
const as = (role: OperatorRole, changes: Partial<OperatorViewer> = {}) =>
  api.call({ viewer: { ...operators.get(role)!, ...changes } }).consolePayouts
const latest = async () => (await listActions(api.database.pool, {}, undefined, 1))[0]

beforeAll(async () => {
  api = await openTestApi()
  for (const role of OPERATOR_ROLES) {
    const operator = { name: role, email: `${role}@pool.example`, role }
    const operatorId = String(await addOperator(api.database.pool, operator, Date.now()))
    const scopes = SCOPES_OF_ROLE[role]
    operators.set(role, {
      kind: 'operator',
      operatorId,
      name: role,
      role,
      secondFactorAtMs: Date.now(),
      scopes,
    })
  }
})
afterAll(() => api.close())

/** Whoever has the wallet. */
async function answer(outcome: 'done' | 'refused', text: string): Promise<void> {
  await leadPayouts(api.database, async (lead) => {
    const taken = (await takeRequest(lead, Date.now()))!
    await answerRequest(lead, taken.id, outcome, { text }, Date.now())
  })
}

it('nothing is asked of a wallet that the pool has not', async () => {
  await api.database.pool.query(
    `UPDATE pool SET payout_every_minutes = NULL, payout_threshold_sats = NULL, payout_minimum_sats = NULL,
       payout_max_age_days = NULL, payout_confirmations = NULL, payout_approval_above_sats = NULL`,
  )
  await expect(as('payouts').reconcile({})).rejects.toThrow('PAYOUT_WALLET_URL is not set')
  await api.database.pool.query(
    `UPDATE pool SET payout_every_minutes = 60, payout_threshold_sats = 1000, payout_minimum_sats = 1000,
       payout_confirmations = 6, payout_approval_above_sats = 700000`,
  )
  expect((await readPool(api.database.pool))!.payouts!.approvalAboveSats).toBe(700_000n)
})

it('a request is asked by whoever may, seen by every operator, and its answer is told', async () => {
  await expect(as('viewer').reconcile({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(as('operator').retry({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  // A token shows no second factor.
  await expect(as('admin', { secondFactorAtMs: undefined, tokenId: 7 }).retry({})).rejects.toThrow(
    'takes a second factor',
  )
  const { requestId } = await as('operator').reconcile({})
  const read = () => as('viewer').request({ requestId: String(requestId) })
  expect(await read()).toMatchObject({ kind: 'reconcile', author: 'operator', standing: 'asked' })
  await answer('done', 'Wallet, books and payouts agree.')
  expect(await read()).toMatchObject({
    standing: 'done',
    answer: { text: 'Wallet, books and payouts agree.' },
  })
  expect(await latest()).toMatchObject({
    author: 'operator',
    action: 'payouts.reconcile',
    outcome: { before: {}, after: { request: String(requestId), standing: 'asked' } },
  })
  expect(await as('viewer').request({ requestId: '999999' })).toBeNull()
})

it('a signed PSBT goes to whoever has the wallet, and not into the log', async () => {
  const id = await aPayout('planned')
  await expect(as('payouts').importPsbt({ id: '999999', psbt: 'cHNidP8' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { requestId } = await as('payouts').importPsbt({ id, psbt: ' cHNidP8= ' })
  await answer('refused', 'Signatures are missing: the PSBT is not complete yet.')
  const { requests } = await as('viewer').requests({ id })
  expect(requests).toMatchObject([
    { id: requestId, kind: 'import', batchId: BigInt(id), standing: 'refused' },
  ])
  expect(await latest()).toMatchObject({ subject: `payout ${id}`, input: { id, psbtChars: 8 } })
  const { events } = (await as('viewer').one({ id }))!
  expect(events.at(-1)).toMatchObject({ what: 'import-asked', author: 'payouts' })
})

it('so many may wait, and the next is told so', async () => {
  for (let n = 0; n < MAX_WAITING; n++) await as('payouts').retry({})
  await expect(as('payouts').retry({})).rejects.toThrow(`${MAX_WAITING} requests wait`)
  for (let n = 0; n < MAX_WAITING; n++) await answer('done', 'No payout is under way.')
})

it('the PSBT that is to be signed is handed out, on record, and none where there is none', async () => {
  const planned = await aPayout('planned')
  await expect(as('payouts').exportPsbt({ id: planned })).rejects.toThrow('has nothing to sign')
  const funded = await aPayout('funded')
  expect(await as('payouts').exportPsbt({ id: funded })).toEqual({ version: 1, psbt: PSBT })
  expect(await latest()).toMatchObject({
    author: 'payouts',
    action: 'payouts.export',
    subject: `payout ${funded}`,
  })
  await expect(as('operator').exportPsbt({ id: funded })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('a transaction is declared once, with what it was', async () => {
  await expect(as('payouts').declare({ txids: ['c'], reason: 'mine' })).rejects.toThrow('64 of 0-9')
  await as('payouts').declare({ txids: [TXID], reason: 'own coins' })
  expect(await listKnownSends(api.database.pool, [TXID])).toEqual(new Set([TXID]))
  expect(await latest()).toMatchObject({ subject: `transaction ${TXID}`, outcome: { before: { known: [] } } })
})

it('what needs approval is the lower of what the setting and an operator say', async () => {
  const read = () => as('viewer').approvalAbove({})
  expect(await read()).toEqual({ settingSats: 700_000n, operatorSats: undefined, inForceSats: 700_000n })
  await as('payouts').setApprovalAbove({ aboveSats: '900000' })
  expect(await read()).toMatchObject({ operatorSats: 900_000n, inForceSats: 700_000n })
  await as('payouts').setApprovalAbove({ aboveSats: '5' })
  expect(await read()).toMatchObject({ inForceSats: 5n })
  expect(await latest()).toMatchObject({
    outcome: { before: { approvalAboveSats: '900000' }, after: { approvalAboveSats: '5' } },
  })
  await as('payouts').setApprovalAbove({ aboveSats: null })
  expect(await read()).toMatchObject({ operatorSats: undefined, inForceSats: 700_000n })
})

async function aPayout(reaches: 'planned' | 'funded'): Promise<string> {
  const amounts = { amountSats: 10_000n, sentSats: 10_000n }
  const id = await payOut(api.database, {
    address: STEADY,
    ...amounts,
    reaches,
    psbt: PSBT,
    atMs: Date.now(),
  })
  return String(id)
}
