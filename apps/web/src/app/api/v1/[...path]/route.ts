import { handleRest } from '../../../../server/rest/handle'
import { tokenContext } from '../../../../server/runtime'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ readonly path: readonly string[] }>
}

/** The REST API: see docs/api.md. */
async function handle(request: Request, { params }: RouteProps): Promise<Response> {
  const pieces = (await params).path.map(decoded)
  return handleRest(request, pieces, { contextOf: tokenContext })
}

/** A piece that cannot be decoded is taken as it came, and found to be wrong later. */
function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE, handle as OPTIONS }
