import { createToken, MAX_TOKENS } from '@headframe/db/api-token/create-token'
import { randomBytes } from 'node:crypto'
import type { Context } from '../context'
import { refuse } from '../error/refuse'
import type { MinerViewer, OperatorViewer, Scope } from '../viewer'
import { makeToken } from './make-token'
import { tokenOwnerOf } from './owner'

const DAY_MS = 86_400_000

export interface TokenWish {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresInDays: number
}

/** A token for the viewer himself, with no more than he has. Throws ApiError. */
export async function createTokenFor(
  { database, nowMs }: Pick<Context, 'database' | 'nowMs'>,
  viewer: MinerViewer | OperatorViewer,
  { name, scopes, expiresInDays }: TokenWish,
) {
  // A token that leaked could make itself others, and would outlive its own end.
  if (viewer.tokenId !== undefined) throw refuse('session-needed', 'A token cannot make another.')
  const lacking = scopes.find((scope) => !viewer.scopes.includes(scope))
  if (lacking !== undefined) throw refuse('scope-missing', `You do not have the scope ${lacking} yourself.`)
  const { token, tokenHash, prefix } = makeToken(randomBytes)
  const createdAtMs = nowMs()
  const expiresAtMs = createdAtMs + expiresInDays * DAY_MS
  const made = { tokenHash, prefix, name, scopes: [...new Set(scopes)], createdAtMs, expiresAtMs }
  const id = await createToken(database, tokenOwnerOf(viewer), made)
  if (id === undefined) throw refuse('limit-reached', `You have ${MAX_TOKENS} tokens. Revoke one first.`)
  return { id, token, prefix, expiresAtMs }
}
