import { listActions } from '@headframe/db/operator/list-actions'
import { proposeTotp, removeTotp, takeTotpStep } from '@headframe/db/operator/second-factor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestContext } from '../../../src/server/context'
import { viewerOf } from '../../../src/server/operators/current'
import { enrol, readProposedTotp } from '../../../src/server/operators/enrol'
import { beginPasskey, enrolPasskey } from '../../../src/server/operators/passkey'
import { confirmTotp, showCode } from '../../../src/server/operators/second-factor'
import { FRESH_MS } from '../../../src/server/operators/session-terms'
import { signIn } from '../../../src/server/operators/sign-in'
import { proposeOneTimeCodes } from '../../../src/server/operators/spare-codes'
import { appRouter } from '../../../src/server/routers/root'
import { callerFactory } from '../../../src/server/trpc'
import { Authenticator } from '../../support/authenticator'
import { openTestDesk, PASSWORD, type TestDesk } from '../../support/operator-desk'

const SITE = { origin: 'https://pool.example', host: 'pool.example', isSecure: true }
const STEP_MS = 30_000

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

/** Somebody in the middle of his link: he has set his password. */
async function onHisWay(code: string) {
  const begun = await enrol(desk, { code, password: PASSWORD }, 'a browser')
  if (!begun.ok) throw new Error(begun.problem)
  return { token: begun.token, session: (await desk.sessionOf(begun.token))! }
}

/** Somebody whose second factor is a passkey, signed in. */
async function withPasskey(name: string) {
  const { token, session: half } = await onHisWay(await desk.invite(name, 'viewer'))
  const device = new Authenticator()
  const { challenge } = await beginPasskey(desk, half, SITE)
  const made = await enrolPasskey(desk, half, SITE, device.create({ challenge, ...SITE }))
  if (!made.ok) throw new Error(made.problem)
  const session = (await desk.sessionOf(token))!
  const viewer = viewerOf(session)!
  const context = { ...desk, site: SITE, viewer } as unknown as RequestContext
  const account = callerFactory(appRouter)(context).consoleAccount
  const propose = () => proposeOneTimeCodes(desk, session, SITE)
  return { session, account, propose, passkeyId: device.id.toString('base64url') }
}

/** What an authenticator app reads; throws when nothing was proposed. */
async function secretOf(proposed: ReturnType<typeof proposeOneTimeCodes>): Promise<string> {
  const answer = await proposed
  if (!answer.ok) throw new Error(answer.problem)
  return answer.totp.secret
}

const later = () => desk.setClock(desk.nowMs() + 2 * STEP_MS)
const actionsOf = (author: string) => listActions(desk.database.pool, { author }, undefined, 50)

/** Whether a code shown at the door lets somebody in. */
async function isLetIn(name: string, code: string): Promise<boolean> {
  const answer = await signIn(desk, { name, password: PASSWORD }, '')
  if (!answer.ok) throw new Error(answer.problem)
  return (await showCode(desk, (await desk.sessionOf(answer.token))!, code)).ok
}

describe('whoever has a passkey', () => {
  it('sets up one-time codes, which let him in from their first code on', async () => {
    const { account, propose } = await withPasskey('ada')
    const secret = await secretOf(propose())
    expect(await isLetIn('ada', await desk.codeOf(secret))).toBe(false)
    expect((await account.overview()).hasOneTimeCodes).toBe(false)
    await account.addOneTimeCodes({ code: await desk.codeOf(secret) })
    expect((await account.overview()).hasOneTimeCodes).toBe(true)
    // Each code is taken once, that which confirmed them too.
    expect(await isLetIn('ada', await desk.codeOf(secret))).toBe(false)
    later()
    expect(await isLetIn('ada', await desk.codeOf(secret))).toBe(true)
    const added = (await actionsOf('ada')).find(({ action }) => action === 'account.add-one-time-codes')
    expect(added).toMatchObject({
      subject: 'one-time codes',
      outcome: { before: { 'one-time codes': 'none' }, after: { 'one-time codes': 'set up' } },
    })
    expect(added?.input).toBeUndefined()
    expect(await propose()).toMatchObject({
      ok: false,
      problem: expect.stringContaining('already') as string,
    })
    await expect(account.addOneTimeCodes({ code: '000000' })).rejects.toMatchObject({ reason: 'conflict' })
  })

  it('confirms the secret that he was shown last, and no other', async () => {
    const { account, propose } = await withPasskey('bea')
    await expect(account.addOneTimeCodes({ code: '000000' })).rejects.toMatchObject({ reason: 'conflict' })
    const [first, second] = [await secretOf(propose()), await secretOf(propose())]
    const wrong = account.addOneTimeCodes({ code: await desk.codeOf(first) })
    await expect(wrong).rejects.toMatchObject({
      reason: 'conflict',
      message: expect.stringContaining('not a code of this secret') as string,
    })
    await account.addOneTimeCodes({ code: await desk.codeOf(second) })
  })

  it('is shown no secret, and sets up nothing, without a second factor shown minutes ago', async () => {
    const { account, propose } = await withPasskey('cyd')
    const secret = await secretOf(propose())
    desk.setClock(desk.nowMs() + FRESH_MS)
    expect(await propose()).toEqual({ ok: false, problem: 'Show your second factor again first.' })
    await expect(account.addOneTimeCodes({ code: await desk.codeOf(secret) })).rejects.toMatchObject({
      reason: 'second-factor-needed',
    })
    await expect(account.removeOneTimeCodes()).rejects.toMatchObject({ reason: 'second-factor-needed' })
  })
})

describe('whoever has one-time codes and a passkey', () => {
  it('removes the codes, which let nobody in any more, and not the passkey that is left', async () => {
    const { account, propose, passkeyId } = await withPasskey('dan')
    await expect(account.removeOneTimeCodes()).rejects.toMatchObject({ reason: 'not-found' })
    const secret = await secretOf(propose())
    // What waits for its first code is no second factor.
    await expect(account.removePasskey({ id: passkeyId })).rejects.toMatchObject({ reason: 'conflict' })
    await account.addOneTimeCodes({ code: await desk.codeOf(secret) })
    later()
    await account.removeOneTimeCodes()
    expect((await actionsOf('dan'))[0]).toMatchObject({
      action: 'account.remove-one-time-codes',
      outcome: { before: { 'one-time codes': 'set up' }, after: { 'one-time codes': 'none' } },
    })
    expect(await isLetIn('dan', await desk.codeOf(secret))).toBe(false)
    await expect(account.removePasskey({ id: passkeyId })).rejects.toMatchObject({ reason: 'conflict' })
    const again = await secretOf(propose())
    expect(again).not.toBe(secret)
    await account.addOneTimeCodes({ code: await desk.codeOf(again) })
  })

  it('removes the passkey, and not the codes that are left', async () => {
    const { account, propose, passkeyId } = await withPasskey('eve')
    await account.addOneTimeCodes({ code: await desk.codeOf(await secretOf(propose())) })
    await account.removePasskey({ id: passkeyId })
    await expect(account.removeOneTimeCodes()).rejects.toMatchObject({
      reason: 'conflict',
      message: expect.stringContaining('your last second factor') as string,
    })
  })

  it('is left one of the two when both are removed at once', async () => {
    const { account, propose, passkeyId } = await withPasskey('fay')
    await account.addOneTimeCodes({ code: await desk.codeOf(await secretOf(propose())) })
    const both = await Promise.allSettled([
      account.removePasskey({ id: passkeyId }),
      account.removeOneTimeCodes(),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { passkeys, hasOneTimeCodes } = await account.overview()
    expect(passkeys.length + Number(hasOneTimeCodes)).toBe(1)
  })

  it('has no codes by one that was looked at before they were removed', async () => {
    const { session, account } = await withPasskey('gus')
    const { pool } = desk.database
    const secret = Buffer.from('sealed')
    await proposeTotp(pool, session.operatorId, secret)
    expect(await takeTotpStep(pool, session.operatorId, { secret, step: 1n }, 0)).toBe(true)
    expect(await removeTotp(desk.database, session.operatorId)).toBe('removed')
    expect(await takeTotpStep(pool, session.operatorId, { secret, step: 2n }, 0)).toBe(false)
    expect((await account.overview()).hasOneTimeCodes).toBe(false)
  })
})

describe('a link that two have followed', () => {
  it('is of use to the one who sets a second factor first, and shows the other no secret', async () => {
    const code = await desk.invite('hal')
    const [stranger, hal] = [await onHisWay(code), await onHisWay(code)]
    const { secret } = (await readProposedTotp(desk, hal.session, SITE.host))!
    expect(await confirmTotp(desk, hal.session, await desk.codeOf(secret))).toMatchObject({ ok: true })
    expect(await desk.sessionOf(hal.token)).toMatchObject({ name: 'hal', isEnrolment: false })
    expect(await desk.sessionOf(stranger.token)).toBeUndefined()
  })
})
