import { readOperator } from '@headframe/db/operator/operator'
import { recordAction } from '@headframe/db/operator/record-action'
import {
  endEnrolment,
  markSecondFactor,
  readTotpSecret,
  setRecoveryCodes,
  takeRecoveryCode,
  takeTotpStep,
} from '@headframe/db/operator/second-factor'
import type { OperatorSession } from '@headframe/db/operator/session'
import { forgetFailures, secondFactorKeyOf, takeAttempt } from '@headframe/db/operator/sign-in-attempt'
import { refuse, type Answer, type Desk } from './desk'
import { stepOfCode } from './one-time-code'
import { looksLikeRecoveryCode, newRecoveryCodes, recoveryCodeHash } from './recovery-code'
import { LOCKOUT } from './session-terms'
import { tooMany } from './sign-in'

export const totpContext = (operatorId: number): string => `totp of operator ${operatorId}`

/**
 * Shows the session's second factor, by whichever `check` there is: true when it was right. Failures are counted, and
 * written down: whoever came this far has the password.
 */
export async function showSecondFactor(
  desk: Desk,
  session: OperatorSession,
  by: string,
  check: () => Promise<boolean>,
): Promise<Answer> {
  const { pool } = desk.database
  const key = secondFactorKeyOf(session.operatorId)
  const waitsUntilMs = await takeAttempt(pool, key, LOCKOUT, desk.nowMs())
  if (waitsUntilMs !== undefined) return tooMany(waitsUntilMs, desk.nowMs())
  const isRight = await check()
  const isAgain = session.secondFactorAtMs !== undefined
  const action = isAgain ? 'session.confirm' : 'session.sign-in'
  const author = { operatorId: session.operatorId, author: session.name }
  const entry = { ...author, action, subject: `operator ${session.name}`, input: { by } }
  if (!isRight) {
    await recordAction(pool, entry, { problem: 'the second factor was wrong' }, desk.nowMs())
    return refuse('That is not right, or was used already.')
  }
  await forgetFailures(pool, key)
  await recordAction(pool, entry, {}, desk.nowMs())
  await markSecondFactor(pool, session.id, desk.nowMs())
  return { ok: true }
}

/** A one-time code, or a recovery code in its place. */
export function showCode(desk: Desk, session: OperatorSession, typed: string): Promise<Answer> {
  if (looksLikeRecoveryCode(typed))
    return showSecondFactor(desk, session, 'recovery code', () =>
      takeRecoveryCode(desk.database.pool, session.operatorId, recoveryCodeHash(typed), desk.nowMs()),
    )
  return showSecondFactor(desk, session, 'one-time code', async () => {
    const operator = await readOperator(desk.database.pool, session.operatorId)
    return takeCode(desk, session, operator?.totpSecret, typed)
  })
}

/** The first code of a secret puts it in force. It ends an enrolment; the recovery codes are shown this once. */
export async function confirmTotp(
  desk: Desk,
  session: OperatorSession,
  typed: string,
): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
  if (!session.isEnrolment) return refuse('Your link is done with. Sign in.')
  const shown = await showSecondFactor(desk, session, 'one-time code', async () =>
    takeCode(desk, session, await readTotpSecret(desk.database.pool, session.operatorId), typed),
  )
  return shown.ok ? finishEnrolment(desk, session) : shown
}

export async function finishEnrolment(
  desk: Desk,
  session: OperatorSession,
): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
  await endEnrolment(desk.database, session.operatorId, session.id, desk.nowMs())
  return { ok: true, recoveryCodes: await renewRecoveryCodes(desk, session) }
}

export async function renewRecoveryCodes(
  desk: Desk,
  { operatorId }: Pick<OperatorSession, 'operatorId'>,
): Promise<string[]> {
  const codes = newRecoveryCodes()
  await setRecoveryCodes(desk.database, operatorId, codes.map(recoveryCodeHash))
  return codes
}

/** Each code of a secret is taken once. */
export async function takeCode(
  desk: Desk,
  { operatorId }: Pick<OperatorSession, 'operatorId'>,
  sealed: Buffer | undefined,
  typed: string,
): Promise<boolean> {
  if (sealed === undefined) return false
  const secret = desk.consoleKey.open(sealed, totpContext(operatorId))
  const step = await stepOfCode(secret, typed, desk.nowMs())
  if (step === undefined) return false
  return takeTotpStep(desk.database.pool, operatorId, { secret: sealed, step }, desk.nowMs())
}
