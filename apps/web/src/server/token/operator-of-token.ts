import type { Context } from '../context'
import type { OperatorViewer, Scope } from '../viewer'

/** The operator that a token is of, by what his role allows today; undefined when he may do nothing any more. */
export function operatorOfToken(
  _context: Pick<Context, 'database'>,
  _operatorId: number,
  _tokenId: number,
  _scopes: readonly Scope[],
): Promise<OperatorViewer | undefined> {
  return Promise.resolve(undefined)
}
