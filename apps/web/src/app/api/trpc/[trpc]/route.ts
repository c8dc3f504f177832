import { handleRpc } from '../../../../server/rpc/handle'
import { requestContext, serverContext } from '../../../../server/runtime'

function handle(request: Request): Promise<Response> {
  const { publicUrl } = serverContext()
  return handleRpc(request, { publicUrl, contextOf: requestContext })
}

export { handle as GET, handle as POST }
