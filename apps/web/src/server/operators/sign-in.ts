import { findOperator } from '@headframe/db/operator/operator'
import { openSession } from '@headframe/db/operator/session'
import { forgetFailures, passwordKeyOf, takeAttempt } from '@headframe/db/operator/sign-in-attempt'
import { refuse, type Answer, type Desk, type Refusal } from './desk'
import { checkPassword } from './password'
import { LOCKOUT } from './session-terms'
import { newToken, tokenHash } from './token'

export interface Credentials {
  /** Or e-mail address. */
  readonly name: string
  readonly password: string
}

/** Each check takes 19 MiB and a core for some milliseconds; whoever comes on top of these is asked to come again. */
const MAX_CHECKS_AT_ONCE = 8
const MAX_NAME_LENGTH = 254
const MAX_USER_AGENT_LENGTH = 300

/** The same for a wrong password, an unknown name, and somebody who is disabled. */
const WRONG = 'That name and password do not belong together.'

let checks = 0

/**
 * The first half of signing in: who shows a password gets the token of a session that shows him nothing yet. Failures
 * count under the name as it was typed, known or not, so that an answer tells nothing of who has an account.
 */
export async function signIn(
  desk: Desk,
  { name, password }: Credentials,
  userAgent: string,
): Promise<Answer<{ readonly token: string }>> {
  const { pool } = desk.database
  const typed = name.trim().toLowerCase().slice(0, MAX_NAME_LENGTH)
  if (checks >= MAX_CHECKS_AT_ONCE) return refuse('Too many are signing in at once. Try again in a moment.')
  checks += 1
  try {
    const key = passwordKeyOf(typed)
    const waitsUntilMs = await takeAttempt(pool, key, LOCKOUT, desk.nowMs())
    if (waitsUntilMs !== undefined) return tooMany(waitsUntilMs, desk.nowMs())
    const operator = await findOperator(pool, typed)
    const passwordHash = operator?.disabledAtMs === undefined ? operator?.passwordHash : undefined
    if (!(await checkPassword(passwordHash, password)) || operator === undefined) return refuse(WRONG)
    await forgetFailures(pool, key)
    return { ok: true, token: await open(desk, operator.id, false, userAgent) }
  } finally {
    checks -= 1
  }
}

/** Opens a session that has shown no second factor. */
export async function open(
  { database, nowMs }: Desk,
  operatorId: number,
  isEnrolment: boolean,
  userAgent: string,
): Promise<string> {
  const token = newToken()
  const session = { operatorId, tokenHash: tokenHash(token), isEnrolment }
  const shown = userAgent.slice(0, MAX_USER_AGENT_LENGTH)
  await openSession(database.pool, { ...session, userAgent: shown }, nowMs())
  return token
}

export function tooMany(untilMs: number, nowMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil((untilMs - nowMs) / 1000))
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return refuse(`There were too many failures. Try again in ${wait}.`)
}
