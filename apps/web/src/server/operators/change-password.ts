import { setPassword } from '@headframe/db/operator/enrolment'
import { readOperator } from '@headframe/db/operator/operator'
import { endSessions, type OperatorSession } from '@headframe/db/operator/session'
import { forgetFailures, passwordKeyOf, takeAttempt } from '@headframe/db/operator/sign-in-attempt'
import { refuse, type Answer, type Desk } from './desk'
import { checkPassword, hashPassword, problemOfPassword } from './password'
import { LOCKOUT } from './session-terms'
import { tooMany } from './sign-in'

/**
 * Another password for whoever shows the one he has. Whoever may have known that one is out: his other sessions end.
 * Failures count like those of signing in, so that an unlocked screen is no place to guess from.
 */
export async function changePassword(
  desk: Desk,
  session: Pick<OperatorSession, 'id' | 'operatorId'>,
  { old, next }: { readonly old: string; readonly next: string },
): Promise<Answer> {
  const { pool } = desk.database
  const operator = await readOperator(pool, session.operatorId)
  if (operator === undefined) return refuse('There is no such operator.')
  const problem = problemOfPassword(next, operator)
  if (problem !== undefined) return refuse(problem)
  const key = passwordKeyOf(operator.name)
  const waitsUntilMs = await takeAttempt(pool, key, LOCKOUT, desk.nowMs())
  if (waitsUntilMs !== undefined) return tooMany(waitsUntilMs, desk.nowMs())
  if (!(await checkPassword(operator.passwordHash, old))) return refuse('That is not your password.')
  await forgetFailures(pool, key)
  await setPassword(pool, operator.id, await hashPassword(next))
  await endSessions(pool, operator.id, desk.nowMs(), session.id)
  return { ok: true }
}
