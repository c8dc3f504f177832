import { readOperator } from '@headframe/db/operator/operator'
import { listPasskeys } from '@headframe/db/operator/passkey'
import { listSessions } from '@headframe/db/operator/session'
import type { Context } from '../../context'
import { refuse } from '../../error/refuse'
import { SESSION_TERMS } from '../../operators/session-terms'
import type { OperatorViewer } from '../../viewer'

type Asker = Pick<Context, 'database' | 'nowMs'> & { readonly viewer: OperatorViewer }

/** The browser that asks, and whose it is: what somebody signs in with is changed there, never by a token. */
export function ownSession({ viewer }: Pick<Asker, 'viewer'>) {
  if (viewer.sessionId === undefined) throw refuse('session-needed')
  return { id: viewer.sessionId, operatorId: Number(viewer.operatorId) }
}

/** His sessions as the audit log has them, by their numbers. */
export async function sessionsOf({ database, nowMs, viewer }: Asker) {
  const sessions = await listSessions(database.pool, Number(viewer.operatorId), SESSION_TERMS, nowMs())
  return Object.fromEntries(sessions.map(({ id, userAgent }) => [`session ${id}`, userAgent]))
}

/** His one-time codes as the audit log has them: whether there are any. */
export async function oneTimeCodesOf({ database, viewer }: Asker) {
  const operator = await readOperator(database.pool, Number(viewer.operatorId))
  return { 'one-time codes': operator?.totpSecret === undefined ? 'none' : 'set up' }
}

/** His passkeys as the audit log has them. */
export async function passkeysOf({ database, viewer }: Asker) {
  const passkeys = await listPasskeys(database.pool, Number(viewer.operatorId))
  return Object.fromEntries(
    passkeys.map(({ credentialId, name }) => [`passkey ${credentialId.toString('base64url')}`, name]),
  )
}

export const refuseLastFactor = () =>
  refuse('conflict', 'It is your last second factor. Add another one first, or ask for a new link.')
