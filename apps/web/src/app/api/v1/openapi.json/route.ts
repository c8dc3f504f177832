import { openApi } from '../../../../server/api/openapi/document'

export const dynamic = 'force-static'

/** The OpenAPI document of /api/v1. */
export function GET(): Response {
  const headers = {
    'access-control-allow-origin': '*',
    'content-type': 'application/json',
    'cache-control': 'public, max-age=300',
  }
  return new Response(JSON.stringify(openApi()), { headers })
}
