import { MAX_TOKENS } from '@headframe/db/api-token/create-token'
import { listTokens } from '@headframe/db/api-token/list-tokens'
import type { Context } from '../context'
import type { MinerViewer, OperatorViewer } from '../viewer'
import { tokenOwnerOf } from './owner'

export async function listTokensFor(
  { database, nowMs }: Pick<Context, 'database' | 'nowMs'>,
  viewer: MinerViewer | OperatorViewer,
) {
  const tokens = await listTokens(database.pool, tokenOwnerOf(viewer))
  const now = nowMs()
  return {
    tokens: tokens.map((token) => ({ ...token, isExpired: token.expiresAtMs <= now })),
    most: MAX_TOKENS,
  }
}
