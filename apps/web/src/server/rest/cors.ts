import type { Method } from '../api/specify'

/** For how long a browser need not ask again. */
const PREFLIGHT_SECONDS = 3_600

/**
 * A page of any origin may read: /api/v1 knows no cookies, so it learns nothing that its visitor could not read
 * without it, or that it has no token for. What changes something is for programs and for our own pages.
 */
export function openTo({ method }: Pick<Request, 'method'>): Headers {
  const headers = new Headers({ vary: 'Authorization', 'x-content-type-options': 'nosniff' })
  if (method !== 'GET' && method !== 'HEAD') return headers
  headers.set('access-control-allow-origin', '*')
  headers.set('access-control-expose-headers', 'RateLimit, RateLimit-Policy, Retry-After')
  return headers
}

export function preflight(methods: readonly Method[], headers: Headers): Response {
  if (methods.includes('GET')) {
    headers.set('access-control-allow-origin', '*')
    headers.set('access-control-allow-methods', 'GET')
    headers.set('access-control-allow-headers', 'Authorization, Last-Event-ID')
    headers.set('access-control-max-age', String(PREFLIGHT_SECONDS))
  }
  if (methods.length > 0) headers.set('allow', [...methods, 'OPTIONS'].join(', '))
  return new Response(null, { status: methods.length === 0 ? 404 : 204, headers })
}
