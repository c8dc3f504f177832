import { findToken, type FoundToken } from '@headframe/db/api-token/find-token'
import { TOUCH_EVERY_MS, touchToken } from '@headframe/db/api-token/touch-token'
import type { Context } from '../context'
import { refuse } from '../error/refuse'
import { SCOPES, type Viewer } from '../viewer'
import { hashToken, isTokenForm } from './make-token'
import { operatorOfToken } from './operator-of-token'

type Modules = Pick<Context, 'database' | 'nowMs'>

/**
 * Whom `Authorization: Bearer` stands for; undefined when there is no such header. Throws `token-invalid`: who shows a
 * token wants to be more than a visitor, and must hear that he is not.
 */
export async function readTokenViewer(context: Modules, headers: Headers): Promise<Viewer | undefined> {
  const authorization = headers.get('authorization')
  if (authorization === null) return undefined
  const [, token = ''] = /^Bearer ([^\s]+)$/i.exec(authorization) ?? []
  const found = isTokenForm(token)
    ? await findToken(context.database.pool, hashToken(token), context.nowMs())
    : undefined
  const viewer = found && (await viewerOf(context, found))
  if (found === undefined || viewer === undefined) throw refuse('token-invalid')
  noteUse(context, found)
  return viewer
}

async function viewerOf(context: Modules, { id, owner, scopes }: FoundToken): Promise<Viewer | undefined> {
  const allowed = SCOPES.filter(
    (scope) => scopes.includes(scope) && scope.startsWith(SCOPE_KINDS[owner.kind]),
  )
  if (owner.kind === 'operator') return operatorOfToken(context, owner.operatorId, id, allowed)
  const { minerId, address } = owner
  return { kind: 'miner', minerId, address, scopes: allowed, author: `token ${id}`, tokenId: id }
}

const SCOPE_KINDS = { miner: 'own:', operator: 'operator:' } as const satisfies Record<string, string>

/** Nobody waits for it, and an answer does not depend on it. */
function noteUse({ database, nowMs }: Modules, { id, lastUsedAtMs }: FoundToken): void {
  if (lastUsedAtMs !== undefined && nowMs() - lastUsedAtMs < TOUCH_EVERY_MS) return
  touchToken(database.pool, id, nowMs()).catch(() => undefined)
}
