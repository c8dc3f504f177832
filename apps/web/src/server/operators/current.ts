import { readSession, type OperatorSession } from '@headframe/db/operator/session'
import type { OperatorViewer } from '../viewer'
import { cookieNameOf, readCookie } from './cookie'
import type { Desk } from './desk'
import { SCOPES_OF_ROLE } from './roles'
import { SESSION_TERMS } from './session-terms'
import { siteOf } from '../site'
import { tokenHash } from './token'

/** The session of whoever has its cookie, also where he has not shown his second factor yet. */
export async function currentSession(
  {
    database,
    nowMs,
    publicUrl,
  }: Pick<Desk, 'database' | 'nowMs'> & { readonly publicUrl: string | undefined },
  headers: Headers,
): Promise<OperatorSession | undefined> {
  const token = readCookie(headers, cookieNameOf(siteOf(headers, publicUrl)))
  if (token === undefined || token === '') return undefined
  return readSession(database.pool, tokenHash(token), SESSION_TERMS, nowMs())
}

/** Whom a session shows the console to: nobody before his second factor was shown. */
export function viewerOf(session: OperatorSession | undefined): OperatorViewer | undefined {
  if (session?.secondFactorAtMs === undefined || session.isEnrolment) return undefined
  const { id, operatorId, name, role, secondFactorAtMs } = session
  return {
    kind: 'operator',
    operatorId: String(operatorId),
    name,
    role,
    secondFactorAtMs,
    sessionId: id,
    scopes: SCOPES_OF_ROLE[role],
  }
}
