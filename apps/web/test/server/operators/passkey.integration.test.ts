import { findOperator } from '@headframe/db/operator/operator'
import { listPasskeys } from '@headframe/db/operator/passkey'
import type { OperatorSession } from '@headframe/db/operator/session'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewerOf } from '../../../src/server/operators/current'
import { enrol } from '../../../src/server/operators/enrol'
import { askPasskey, beginPasskey, enrolPasskey, showPasskey } from '../../../src/server/operators/passkey'
import { CHALLENGE_MS } from '../../../src/server/operators/session-terms'
import { signIn } from '../../../src/server/operators/sign-in'
import { Authenticator } from '../../support/authenticator'
import { openTestDesk, PASSWORD, type TestDesk } from '../../support/operator-desk'

const SITE = { origin: 'https://pool.example', host: 'pool.example', isSecure: true }
const REFUSED = { ok: false, problem: 'That is not right, or was used already.' }

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk()
})
afterAll(() => desk.close())

/** Whoever follows his link, as far as his second factor. */
async function onHisWay(name: string): Promise<{ token: string; session: OperatorSession }> {
  const begun = await enrol(desk, { code: await desk.invite(name), password: PASSWORD }, 'a browser')
  if (!begun.ok) throw new Error(begun.problem)
  return { token: begun.token, session: (await desk.sessionOf(begun.token))! }
}

async function enrolled(name: string): Promise<Authenticator> {
  const { session } = await onHisWay(name)
  const device = new Authenticator()
  const { challenge } = await beginPasskey(desk, session, SITE)
  const made = await enrolPasskey(desk, session, SITE, device.create({ challenge, ...SITE }))
  if (!made.ok) throw new Error(made.problem)
  return device
}

/** Whoever has shown his password; what his passkey is asked to sign. */
async function halfIn(name: string) {
  const answer = await signIn(desk, { name, password: PASSWORD }, 'a browser')
  if (!answer.ok) throw new Error(answer.problem)
  const session = (await desk.sessionOf(answer.token))!
  const asked = { ...SITE, challenge: (await askPasskey(desk, session, SITE))!.challenge }
  const isIn = async () => viewerOf(await desk.sessionOf(answer.token)) !== undefined
  return { session, asked, isIn }
}

describe('a passkey', () => {
  it('is the second factor of an operator who makes one by his link, and lets him in from then on', async () => {
    const { token, session } = await onHisWay('ada')
    const device = new Authenticator()
    const { challenge } = await beginPasskey(desk, session, SITE)
    expect(viewerOf(await desk.sessionOf(token))).toBeUndefined()
    const made = await enrolPasskey(desk, session, SITE, device.create({ challenge, ...SITE }))
    expect(made).toMatchObject({ ok: true })
    expect(made.ok && made.recoveryCodes).toHaveLength(10)
    expect(viewerOf(await desk.sessionOf(token))).toMatchObject({ name: 'ada' })

    const half = await halfIn('ada')
    expect(await half.isIn()).toBe(false)
    expect(await showPasskey(desk, half.session, SITE, device.get(half.asked))).toEqual({ ok: true })
    expect(await half.isIn()).toBe(true)
    const operator = (await findOperator(desk.database.pool, 'ada'))!
    expect(await listPasskeys(desk.database.pool, operator.id)).toMatchObject([
      { credentialId: device.id, signCount: 1, lastUsedAtMs: desk.nowMs() },
    ])
  })

  it('is not made for another site, nor for what somebody else was asked', async () => {
    const { session } = await onHisWay('bea')
    const refused = { ok: false, problem: 'The browser made no passkey for this site.' }
    const begin = async () => ({ ...SITE, challenge: (await beginPasskey(desk, session, SITE)).challenge })
    for (const lie of [
      { origin: 'https://pool.example.evil.example' },
      { origin: 'http://pool.example' },
      { host: 'evil.example' },
      { challenge: 'c29tZXRoaW5nIGVsc2U' },
    ]) {
      const response = new Authenticator().create({ ...(await begin()), ...lie })
      expect(await enrolPasskey(desk, session, SITE, response), JSON.stringify(lie)).toEqual(refused)
    }
    const asked = await begin()
    desk.setClock(desk.nowMs() + CHALLENGE_MS)
    expect(await enrolPasskey(desk, session, SITE, new Authenticator().create(asked))).toEqual({
      ok: false,
      problem: 'That took too long. Try again.',
    })
    const operator = (await findOperator(desk.database.pool, 'bea'))!
    expect(await listPasskeys(desk.database.pool, operator.id)).toEqual([])
  })
})

describe('who shows a passkey', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host without HTTPS', { origin: 'http://pool.example' }],
    ['another relying party', { host: 'evil.example' }],
    ['a challenge that was never asked', { challenge: 'c29tZXRoaW5nIGVsc2U' }],
  ])('is not let in by what was signed for %s', async (what, lie) => {
    const name = `x${what.length}`
    const device = await enrolled(name)
    const half = await halfIn(name)
    const lied = device.get({ ...half.asked, ...lie })
    expect(await showPasskey(desk, half.session, SITE, lied)).toEqual(REFUSED)
    // Nor with the right answer to a question that was taken by the wrong one.
    expect(await showPasskey(desk, half.session, SITE, device.get(half.asked))).toEqual(REFUSED)
    expect(await half.isIn()).toBe(false)
  })

  it('is let in once by each answer, in the session that was asked, in time', async () => {
    const device = await enrolled('cyd')
    const [first, second] = [await halfIn('cyd'), await halfIn('cyd')]
    const answer = device.get(first.asked)
    expect(await showPasskey(desk, second.session, SITE, answer)).toEqual(REFUSED)
    expect(await showPasskey(desk, first.session, SITE, answer)).toEqual({ ok: true })
    expect(await showPasskey(desk, first.session, SITE, answer)).toEqual(REFUSED)
    const late = await halfIn('cyd')
    desk.setClock(desk.nowMs() + CHALLENGE_MS)
    expect(await showPasskey(desk, late.session, SITE, device.get(late.asked))).toEqual(REFUSED)
    expect([await second.isIn(), await late.isIn()]).toEqual([false, false])
  })

  it('is not let in by a passkey that nobody knows, nor by that of somebody else', async () => {
    await enrolled('dan')
    const ofEve = await enrolled('eve')
    for (const device of [new Authenticator(), ofEve]) {
      const half = await halfIn('dan')
      expect(await showPasskey(desk, half.session, SITE, device.get(half.asked))).toEqual(REFUSED)
      expect(await half.isIn()).toBe(false)
    }
  })

  it('is not let in by a copy of it, whose count stayed behind', async () => {
    const device = await enrolled('fay')
    device.signCount = 41
    const half = await halfIn('fay')
    expect(await showPasskey(desk, half.session, SITE, device.get(half.asked))).toEqual({ ok: true })
    device.signCount = 7
    const again = await halfIn('fay')
    expect(await showPasskey(desk, again.session, SITE, device.get(again.asked))).toEqual(REFUSED)
  })
})
