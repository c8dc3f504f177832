import { revokeToken } from '@headframe/db/api-token/revoke-token'
import type { Context } from '../context'
import { refuse } from '../error/refuse'
import type { MinerViewer, OperatorViewer } from '../viewer'
import { tokenOwnerOf } from './owner'

/** Takes a token of the viewer's own away; it may be the one he asks with, and no other. Throws ApiError. */
export async function revokeTokenFor(
  { database }: Pick<Context, 'database'>,
  viewer: MinerViewer | OperatorViewer,
  id: number,
): Promise<{ readonly revoked: true }> {
  if (viewer.tokenId !== undefined && viewer.tokenId !== id)
    throw refuse('session-needed', 'A token can revoke itself and no other.')
  if (!(await revokeToken(database.pool, tokenOwnerOf(viewer), id)))
    throw refuse('not-found', 'You have no such token.')
  return { revoked: true }
}
