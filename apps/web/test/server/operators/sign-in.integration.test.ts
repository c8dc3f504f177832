import { disableOperator } from '@headframe/db/operator/disable-operator'
import { findOperator } from '@headframe/db/operator/operator'
import { endSession } from '@headframe/db/operator/session'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentSession, viewerOf } from '../../../src/server/operators/current'
import { enrol, readProposedTotp } from '../../../src/server/operators/enrol'
import { confirmTotp, showCode } from '../../../src/server/operators/second-factor'
import { LOCKOUT, SESSION_TERMS } from '../../../src/server/operators/session-terms'
import { signIn } from '../../../src/server/operators/sign-in'
import { openTestDesk, PASSWORD, type TestDesk } from '../../support/operator-desk'

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

const WRONG = { ok: false, problem: 'That name and password do not belong together.' }
const tryPassword = (name: string, password: string) => signIn(desk, { name, password }, 'a browser')

async function halfIn(name: string): Promise<string> {
  const answer = await tryPassword(name, PASSWORD)
  if (!answer.ok) throw new Error(answer.problem)
  return answer.token
}

describe('a new operator', () => {
  it('sets a password and one-time codes by his link, which then leads nowhere', async () => {
    const code = await desk.invite('ada')
    const begun = await enrol(desk, { code, password: PASSWORD }, 'a browser')
    if (!begun.ok) throw new Error(begun.problem)
    const session = (await desk.sessionOf(begun.token))!
    expect(viewerOf(session)).toBeUndefined()
    const { secret, squares } = (await readProposedTotp(desk, session, 'pool.example'))!
    expect(squares.length).toBe(squares[0]?.length)
    expect(await confirmTotp(desk, session, '000000')).toMatchObject({ ok: false })
    expect(viewerOf(await desk.sessionOf(begun.token))).toBeUndefined()
    const confirmed = await confirmTotp(desk, session, await desk.codeOf(secret))
    expect(confirmed).toMatchObject({ ok: true })
    expect(viewerOf(await desk.sessionOf(begun.token))).toMatchObject({ name: 'ada', role: 'admin' })
    const again = await enrol(desk, { code, password: PASSWORD }, '')
    expect(again).toMatchObject({ ok: false })
    expect(
      await desk.database.pool.query('SELECT totp_secret FROM operator WHERE name = $1', ['ada']),
    ).toSatisfy(({ rows }: { rows: { totp_secret: Buffer }[] }) => !rows[0]!.totp_secret.includes(secret))
  })

  it('gets nowhere by a link that is too old, nor with a password that is easily guessed', async () => {
    const code = await desk.invite('late')
    for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'x'.repeat(201), 'late is my own name']) {
      expect(await enrol(desk, { code, password }, ''), password).toMatchObject({ ok: false })
    }
    desk.setClock(desk.nowMs() + 3_600_000)
    expect(await enrol(desk, { code, password: PASSWORD }, '')).toMatchObject({
      problem: 'This link is too old, or was used. Ask for another.',
    })
  })
})

describe('signing in', () => {
  it('takes the password and then a one-time code, each code once', async () => {
    const { secret } = await desk.enrolled('bea')
    const token = await halfIn('Bea@Pool.example ')
    const half = (await desk.sessionOf(token))!
    expect(viewerOf(half)).toBeUndefined()
    const code = await desk.codeOf(secret)
    expect(await showCode(desk, half, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ ok: true })
    expect(viewerOf(await desk.sessionOf(token))).toMatchObject({ kind: 'operator', name: 'bea' })
    expect(await showCode(desk, half, code)).toMatchObject({ ok: false })
  })

  it('takes a recovery code in its place, each once, and a wrong one never', async () => {
    const { recoveryCodes } = await desk.enrolled('cyd')
    const half = (await desk.sessionOf(await halfIn('cyd')))!
    expect(await showCode(desk, half, 'abcde-fghjk')).toMatchObject({ ok: false })
    expect(await showCode(desk, half, recoveryCodes[0]!.toUpperCase())).toEqual({ ok: true })
    expect(await showCode(desk, half, recoveryCodes[0]!)).toMatchObject({ ok: false })
    expect(await showCode(desk, half, recoveryCodes[1]!)).toEqual({ ok: true })
  })

  it('shows no console without the second factor, by whatever cookie', async () => {
    await desk.enrolled('dan')
    const token = await halfIn('dan')
    const seen = async (cookie: string, more: Record<string, string> = {}) =>
      currentSession(
        { ...desk, publicUrl: undefined },
        new Headers({ host: 'pool.example', cookie, ...more }),
      )
    expect(viewerOf(await seen(`headframe-console=${token}`))).toBeUndefined()
    expect(await seen(`headframe-console=${token}`)).toMatchObject({ name: 'dan' })
    // Over HTTPS only the cookie that was set by this very host, over HTTPS.
    expect(await seen(`headframe-console=${token}`, { 'x-forwarded-proto': 'https' })).toBeUndefined()
    expect(
      await seen(`a=b; __Host-headframe-console=${token}`, { 'x-forwarded-proto': 'https' }),
    ).toMatchObject({ name: 'dan' })
    expect(await seen('headframe-console=')).toBeUndefined()
    expect(await seen('headframe-console=%00; x')).toBeUndefined()
  })

  it('says the same to a wrong password, an unknown name, and somebody who is disabled', async () => {
    await desk.enrolled('eve')
    await disableOperator(desk.database, (await findOperator(desk.database.pool, 'eve'))!.id, desk.nowMs())
    expect(await tryPassword('bea', 'wrong')).toEqual(WRONG)
    expect(await tryPassword('nobody', 'wrong')).toEqual(WRONG)
    expect(await tryPassword('eve', PASSWORD)).toEqual(WRONG)
    // Whose link was never followed has no password: not even the decoy's.
    await desk.invite('new')
    expect(await tryPassword('new', 'nobody has this password')).toEqual(WRONG)
    expect(await tryPassword('nobody', 'nobody has this password')).toEqual(WRONG)
  })
})

describe('whoever fails often', () => {
  it.each(['fay', 'unknown'])('has to wait, longer each time, and less as time goes by: %s', async (name) => {
    if (name === 'fay') await desk.enrolled('fay')
    for (let i = 0; i < LOCKOUT.free; i++) expect(await tryPassword(name, 'wrong')).toEqual(WRONG)
    const locked = { problem: 'There were too many failures. Try again in 30 seconds.' }
    expect(await tryPassword(name, PASSWORD)).toMatchObject(locked)
    desk.setClock(desk.nowMs() + 29_000)
    expect(await tryPassword(name, PASSWORD)).toMatchObject({ problem: /Try again in 1 seconds/ })
    desk.setClock(desk.nowMs() + 1_000)
    expect(await tryPassword(name, 'wrong')).toEqual(WRONG)
    expect(await tryPassword(name, PASSWORD)).toMatchObject({ problem: /Try again in (5\d|60) seconds/ })
    desk.setClock(desk.nowMs() + 4 * LOCKOUT.halfLifeMs)
    expect((await tryPassword(name, PASSWORD)).ok).toBe(name === 'fay')
  })

  it('gets no more attempts by making them all at once', async () => {
    await desk.enrolled('gus')
    const answers = await Promise.all(Array.from({ length: 8 }, () => tryPassword('gus', 'wrong')))
    const tried = answers.filter((answer) => !answer.ok && answer.problem === WRONG.problem)
    expect(tried).toHaveLength(LOCKOUT.free)
  })

  it('has to wait at the second factor too, on record, whatever session he tries from', async () => {
    const { secret } = await desk.enrolled('hal')
    for (let i = 0; i < LOCKOUT.free; i++) {
      const half = (await desk.sessionOf(await halfIn('hal')))!
      expect(await showCode(desk, half, '123456')).toMatchObject({ problem: /not right/ })
    }
    const half = (await desk.sessionOf(await halfIn('hal')))!
    expect(await showCode(desk, half, await desk.codeOf(secret))).toMatchObject({
      problem: /too many failures/,
    })
    const { rows } = await desk.database.pool.query(
      `SELECT count(*)::int AS failures FROM operator_action a JOIN operator_action_outcome o ON o.action_id = a.id
       WHERE a.author = 'hal' AND a.action = 'session.sign-in' AND NOT o.is_done`,
    )
    expect(rows).toEqual([{ failures: LOCKOUT.free }])
  })
})

describe('a session', () => {
  it('ends when it is ended, left alone, too old, or its operator is disabled', async () => {
    const { recoveryCodes } = await desk.enrolled('ida')
    let used = 0
    const signedIn = async (): Promise<string> => {
      const token = await halfIn('ida')
      await showCode(desk, (await desk.sessionOf(token))!, recoveryCodes[used++]!)
      return token
    }
    const ended = await signedIn()
    const { id, operatorId } = (await desk.sessionOf(ended))!
    expect(await endSession(desk.database.pool, operatorId + 1, id, desk.nowMs())).toBe(false)
    expect(await endSession(desk.database.pool, operatorId, id, desk.nowMs())).toBe(true)
    expect(await desk.sessionOf(ended)).toBeUndefined()

    const idle = await signedIn()
    desk.setClock(desk.nowMs() + SESSION_TERMS.maxIdleMs)
    expect(await desk.sessionOf(idle)).toBeUndefined()

    const old = await signedIn()
    for (let ms = 0; ms < SESSION_TERMS.maxAgeMs; ms += SESSION_TERMS.maxIdleMs / 2) {
      expect(viewerOf(await desk.sessionOf(old))).toBeDefined()
      desk.setClock(desk.nowMs() + SESSION_TERMS.maxIdleMs / 2)
    }
    expect(await desk.sessionOf(old)).toBeUndefined()

    const half = await halfIn('ida')
    desk.setClock(desk.nowMs() + SESSION_TERMS.maxHalfMs)
    expect(await desk.sessionOf(half)).toBeUndefined()

    const disabled = await signedIn()
    await disableOperator(desk.database, operatorId, desk.nowMs())
    expect(await desk.sessionOf(disabled)).toBeUndefined()
  })
})
