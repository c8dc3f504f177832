import { listActions } from '@headframe/db/operator/list-actions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestContext } from '../../../src/server/context'
import { viewerOf } from '../../../src/server/operators/current'
import { beginPasskey } from '../../../src/server/operators/passkey'
import { showCode } from '../../../src/server/operators/second-factor'
import { FRESH_MS, LOCKOUT } from '../../../src/server/operators/session-terms'
import { signIn } from '../../../src/server/operators/sign-in'
import { appRouter } from '../../../src/server/routers/root'
import { callerFactory } from '../../../src/server/trpc'
import type { OperatorViewer } from '../../../src/server/viewer'
import { Authenticator } from '../../support/authenticator'
import { openTestDesk, PASSWORD, type TestDesk } from '../../support/operator-desk'

const SITE = { origin: 'https://pool.example', host: 'pool.example', isSecure: true }
const NEXT = 'a heron waits in the reeds'

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

/** Somebody who is signed in, and who he is. */
async function signedIn(name: string, recoveryCode: string, password = PASSWORD) {
  const answer = await signIn(desk, { name, password }, `the browser of ${recoveryCode}`)
  if (!answer.ok) throw new Error(answer.problem)
  await showCode(desk, (await desk.sessionOf(answer.token))!, recoveryCode)
  const session = (await desk.sessionOf(answer.token))!
  return { session, token: answer.token, viewer: viewerOf(session)! }
}

const account = (viewer: OperatorViewer) =>
  callerFactory(appRouter)({ ...desk, site: SITE, viewer } as unknown as RequestContext).consoleAccount

const isAlive = async (token: string) => (await desk.sessionOf(token)) !== undefined
const lastAction = async () => (await listActions(desk.database.pool, {}, undefined, 1))[0]

describe('the sessions of an operator', () => {
  it('are listed, and he ends one, or all but his own', async () => {
    const { recoveryCodes: codes } = await desk.enrolled('ada')
    const here = await signedIn('ada', codes[0]!)
    const [there, elsewhere] = [await signedIn('ada', codes[1]!), await signedIn('ada', codes[2]!)]
    const { sessions, recoveryCodesLeft, hasOneTimeCodes, passkeys } = await account(here.viewer).overview()
    expect(sessions.filter(({ isThis }) => isThis)).toMatchObject([{ id: here.session.id }])
    // His enrolment's session, too.
    expect(sessions).toHaveLength(4)
    expect({ recoveryCodesLeft, hasOneTimeCodes, passkeys }).toEqual({
      recoveryCodesLeft: 7,
      hasOneTimeCodes: true,
      passkeys: [],
    })

    await account(here.viewer).endSession({ id: there.session.id })
    expect([await isAlive(there.token), await isAlive(elsewhere.token)]).toEqual([false, true])
    const ended = `session ${there.session.id}`
    expect(await lastAction()).toMatchObject({
      author: 'ada',
      action: 'account.end-session',
      subject: ended,
      outcome: { before: { [ended]: `the browser of ${codes[1]}` } },
    })
    expect((await lastAction())?.outcome?.after).not.toHaveProperty([ended])
    await account(here.viewer).endOtherSessions()
    expect([await isAlive(here.token), await isAlive(elsewhere.token)]).toEqual([true, false])
  })

  it('are not those of another, who cannot end them', async () => {
    const [bea, cyd] = [await desk.enrolled('bea'), await desk.enrolled('cyd')]
    const [hers, his] = [
      await signedIn('bea', bea.recoveryCodes[0]!),
      await signedIn('cyd', cyd.recoveryCodes[0]!),
    ]
    await expect(account(hers.viewer).endSession({ id: his.session.id })).rejects.toMatchObject({
      reason: 'not-found',
    })
    await account(hers.viewer).endOtherSessions()
    expect(await isAlive(his.token)).toBe(true)
    expect(await lastAction()).toMatchObject({ author: 'bea', action: 'account.end-other-sessions' })
  })
})

describe('his passkeys', () => {
  it('are added and removed, but not another one’s, and never the last second factor', async () => {
    const { recoveryCodes } = await desk.enrolled('dan')
    const { session, viewer } = await signedIn('dan', recoveryCodes[0]!)
    const add = async (name: string) => {
      const device = new Authenticator()
      const { challenge } = await beginPasskey(desk, session, SITE)
      await account(viewer).addPasskey({ name, response: device.create({ challenge, ...SITE }) as never })
      return device.id.toString('base64url')
    }
    const [key, phone] = [await add('key'), await add('phone')]
    expect(await lastAction()).toMatchObject({
      action: 'account.add-passkey',
      subject: 'passkey "phone"',
      input: { name: 'phone' },
      outcome: {
        before: { [`passkey ${key}`]: 'key' },
        after: { [`passkey ${key}`]: 'key', [`passkey ${phone}`]: 'phone' },
      },
    })
    // Without a question that was asked: the same answer again.
    const unasked = new Authenticator().create({ challenge: 'bm9uZQ', ...SITE })
    await expect(account(viewer).addPasskey({ name: 'x', response: unasked as never })).rejects.toMatchObject(
      {
        reason: 'conflict',
      },
    )

    await account(viewer).removePasskey({ id: key })
    await expect(account(viewer).removePasskey({ id: key })).rejects.toMatchObject({ reason: 'not-found' })
    // He had no one-time codes: the passkey that is left is all that lets him in.
    await desk.database.pool.query(
      "UPDATE operator SET totp_secret = NULL, totp_confirmed_at = NULL WHERE name = 'dan'",
    )
    await expect(account(viewer).removePasskey({ id: phone })).rejects.toMatchObject({
      reason: 'conflict',
      message: expect.stringContaining('your last second factor') as string,
    })
    const spare = await add('spare')
    // Two at once are not two that each leave the other.
    const both = await Promise.allSettled([
      account(viewer).removePasskey({ id: phone }),
      account(viewer).removePasskey({ id: spare }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await account(viewer).overview()).passkeys).toHaveLength(1)
  })
})

describe('his recovery codes', () => {
  it('are made anew, and those that he had serve no more', async () => {
    const { recoveryCodes: old } = await desk.enrolled('eve')
    const { viewer } = await signedIn('eve', old[0]!)
    const { recoveryCodes } = await account(viewer).renewRecoveryCodes()
    expect(await lastAction()).toMatchObject({
      action: 'account.renew-recovery-codes',
      outcome: { before: { left: 9 }, after: { left: 10 } },
    })
    const half = await signIn(desk, { name: 'eve', password: PASSWORD }, '')
    const session = (await desk.sessionOf(half.ok ? half.token : ''))!
    expect(await showCode(desk, session, old[1]!)).toMatchObject({ ok: false })
    expect(await showCode(desk, session, recoveryCodes[0]!)).toEqual({ ok: true })
    const log = JSON.stringify(
      await listActions(desk.database.pool, {}, undefined, 50),
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    )
    expect(recoveryCodes.filter((code) => log.includes(code))).toEqual([])
  })
})

describe('his password', () => {
  it('is changed by whoever knows the old one; other sessions end, and the log has neither', async () => {
    const { recoveryCodes: codes } = await desk.enrolled('fay')
    const [here, there] = [await signedIn('fay', codes[0]!), await signedIn('fay', codes[1]!)]
    const change = (old: string, next: string) => account(here.viewer).changePassword({ old, next })
    await expect(change('not this one', NEXT)).rejects.toMatchObject({
      message: 'That is not your password.',
    })
    await expect(change(PASSWORD, 'short')).rejects.toMatchObject({ reason: 'input-invalid' })
    await change(PASSWORD, NEXT)
    expect([await isAlive(here.token), await isAlive(there.token)]).toEqual([true, false])
    expect(await signIn(desk, { name: 'fay', password: PASSWORD }, '')).toMatchObject({ ok: false })
    expect(await signIn(desk, { name: 'fay', password: NEXT }, '')).toMatchObject({ ok: true })
    const actions = await listActions(desk.database.pool, { author: 'fay' }, undefined, 3)
    expect(actions.map(({ outcome }) => outcome?.problem)).toEqual([
      undefined,
      'A password has at least 12 characters.',
      'That is not your password.',
    ])
    expect(actions.map(({ input }) => input)).toEqual([undefined, undefined, undefined])
  })

  it('is not guessed at from an unlocked screen', async () => {
    const { recoveryCodes } = await desk.enrolled('gus')
    const { viewer } = await signedIn('gus', recoveryCodes[0]!)
    const change = (old: string) => account(viewer).changePassword({ old, next: NEXT })
    for (let n = 0; n < LOCKOUT.free; n++)
      await expect(change('wrong')).rejects.toThrow('That is not your password.')
    await expect(change(PASSWORD)).rejects.toThrow('There were too many failures.')
  })
})

describe('what is dangerous', () => {
  it('takes a second factor shown minutes ago, and a browser', async () => {
    const { recoveryCodes } = await desk.enrolled('hal')
    const { viewer } = await signedIn('hal', recoveryCodes[0]!)
    desk.setClock(desk.nowMs() + FRESH_MS)
    await expect(account(viewer).renewRecoveryCodes()).rejects.toMatchObject({
      reason: 'second-factor-needed',
    })
    const byToken = { ...viewer, sessionId: undefined, secondFactorAtMs: undefined, tokenId: 1 }
    await expect(account(byToken).renewRecoveryCodes()).rejects.toMatchObject({
      reason: 'second-factor-needed',
    })
    await expect(account(byToken).endOtherSessions()).rejects.toMatchObject({ reason: 'session-needed' })
  })
})
