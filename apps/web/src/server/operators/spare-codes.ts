import { proposeTotp, readTotpSecret } from '@headframe/db/operator/second-factor'
import { readOperator } from '@headframe/db/operator/operator'
import type { OperatorSession } from '@headframe/db/operator/session'
import type { Site } from '../site'
import { refuse, type Answer, type Desk } from './desk'
import { drawTotp, newTotpSecret, type ProposedTotp } from './one-time-code'
import { takeCode, totpContext } from './second-factor'
import { freshUntil } from './session-terms'

/*
 * One-time codes for whoever is in and has a passkey alone. What lets somebody in is shown to nobody at an unlocked
 * screen, so it takes a second factor shown lately to see the secret, too.
 */

/** A new secret each time; it lets nobody in before its first code was shown. */
export async function proposeOneTimeCodes(
  desk: Desk,
  { operatorId, name, secondFactorAtMs }: OperatorSession,
  { host }: Site,
): Promise<Answer<{ readonly totp: ProposedTotp }>> {
  if (freshUntil(secondFactorAtMs, desk.nowMs()) === undefined)
    return refuse('Show your second factor again first.')
  const secret = newTotpSecret()
  const sealed = desk.consoleKey.seal(secret, totpContext(operatorId))
  if (!(await proposeTotp(desk.database.pool, operatorId, sealed))) return refuse(HAS_THEM)
  return { ok: true, totp: drawTotp(secret, name, host) }
}

/** The first code puts them in force. */
export async function confirmOneTimeCodes(
  desk: Desk,
  session: Pick<OperatorSession, 'operatorId'>,
  typed: string,
): Promise<Answer> {
  const { pool } = desk.database
  const operator = await readOperator(pool, session.operatorId)
  if (operator?.totpSecret !== undefined) return refuse(HAS_THEM)
  const proposed = await readTotpSecret(pool, session.operatorId)
  if (proposed === undefined) return refuse('No secret waits for its first code. Begin again.')
  if (await takeCode(desk, session, proposed, typed)) return { ok: true }
  return refuse('That is not a code of this secret. Scan it again, and see that your clocks agree.')
}

const HAS_THEM = 'You have one-time codes already. Remove them first.'
