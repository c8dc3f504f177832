import { readSession } from '@headframe/db/account/session'
import type { Context } from '../context'
import { siteOf, type Site } from '../site'
import type { MinerViewer } from '../viewer'
import { nameOfCookie, valueOfCookie } from './cookie'
import { hashOfSecret } from './secret'
import { SESSION_TERMS } from './session-terms'

export const sessionCookieName = (site: Site): string => nameOfCookie('account', site)

/** The miner whose session the cookie is of; undefined when there is none, or it is over. */
export async function readAccountViewer(
  { database, nowMs, publicUrl }: Pick<Context, 'database' | 'nowMs' | 'publicUrl'>,
  headers: Headers,
): Promise<MinerViewer | undefined> {
  const token = valueOfCookie(headers, sessionCookieName(siteOf(headers, publicUrl)))
  if (token === undefined || token === '') return undefined
  const owner = await readSession(database.pool, hashOfSecret(token), SESSION_TERMS, nowMs())
  return (
    owner && {
      kind: 'miner',
      minerId: owner.minerId,
      address: owner.address,
      scopes: ['own:read', 'own:write'],
      author: `session ${owner.sessionId}`,
      sessionId: owner.sessionId,
    }
  )
}
