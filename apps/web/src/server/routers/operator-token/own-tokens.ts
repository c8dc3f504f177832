import type { RequestContext } from '../../context'
import { listTokensFor } from '../../token/list-for'
import type { OperatorViewer } from '../../viewer'

/** His tokens as the audit log has them, by their numbers. */
export async function ownTokens(
  context: Pick<RequestContext, 'database' | 'nowMs'> & { readonly viewer: OperatorViewer },
) {
  const { tokens } = await listTokensFor(context, context.viewer)
  return Object.fromEntries(
    tokens.map(({ id, name, scopes }) => [`token ${id}`, `${name} (${scopes.join(', ')})`]),
  )
}
