import { handleRest } from '../../../../server/rest/handle'
import { tokenContext } from '../../../../server/runtime'

export const dynamic = 'force-dynamic'

/** The REST API: see docs/api.md. */
function handle(request: Request): Promise<Response> {
  return handleRest(request, { contextOf: tokenContext })
}

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE, handle as OPTIONS }
