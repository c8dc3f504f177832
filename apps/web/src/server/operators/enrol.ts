import { findEnrolment, setPassword } from '@headframe/db/operator/enrolment'
import { readOperator } from '@headframe/db/operator/operator'
import { proposeTotp, readTotpSecret } from '@headframe/db/operator/second-factor'
import type { OperatorSession } from '@headframe/db/operator/session'
import { refuse, type Answer, type Desk } from './desk'
import { drawTotp, newTotpSecret, type ProposedTotp } from './one-time-code'
import { hashPassword, problemOfPassword } from './password'
import { totpContext } from './second-factor'
import { open } from './sign-in'
import { tokenHash } from './token'

/**
 * Whoever has an enrolment's code sets the password, and gets the token of a session that may set the second factor,
 * and nothing else. The link stays good until he has done that.
 */
export async function enrol(
  desk: Desk,
  { code, password }: { readonly code: string; readonly password: string },
  userAgent: string,
): Promise<Answer<{ readonly token: string }>> {
  const { pool } = desk.database
  const operatorId = await findEnrolment(pool, tokenHash(code.trim()), desk.nowMs())
  const operator = operatorId === undefined ? undefined : await readOperator(pool, operatorId)
  if (operator === undefined) return refuse('This link is too old, or was used. Ask for another.')
  const problem = problemOfPassword(password, operator)
  if (problem !== undefined) return refuse(problem)
  await setPassword(pool, operator.id, await hashPassword(password))
  const secret = desk.consoleKey.seal(newTotpSecret(), totpContext(operator.id))
  await proposeTotp(pool, operator.id, secret)
  return { ok: true, token: await open(desk, operator.id, true, userAgent) }
}

/** Undefined where nothing waits for its first code. */
export async function readProposedTotp(
  desk: Desk,
  { operatorId, name, isEnrolment }: OperatorSession,
  host: string,
): Promise<ProposedTotp | undefined> {
  const sealed = isEnrolment ? await readTotpSecret(desk.database.pool, operatorId) : undefined
  if (sealed === undefined) return undefined
  return drawTotp(desk.consoleKey.open(sealed, totpContext(operatorId)), name, host)
}
