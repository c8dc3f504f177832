import { NextResponse, type NextRequest } from 'next/server'
import { isDevelopment, loadWebOptions } from './env'
import { crossSite, isCrossSite } from './server/same-site'

/** A path that no page has: its answer is our page for that, and 404. */
const NO_PAGE = '/no-such-page'

/**
 * A policy with a fresh nonce for each page: only scripts that the page itself names may run, and it talks to nobody
 * but this server. Charts position their parts with style attributes, so those alone are allowed inline.
 */
export function proxy(request: NextRequest): Response {
  if (changesSomething(request) && isCrossSite(request.headers, loadWebOptions().WEB_PUBLIC_URL))
    return crossSite()
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = isDecodable(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL(NO_PAGE, request.url), { request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** Next itself answers `%E0%A4%A` with 500, as if something had broken here. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

export const config = {
  matcher: [{ source: '/((?!api/|healthz|_next/static|.*\\.svg$).*)' }],
}

const changesSomething = ({ method }: NextRequest): boolean => method !== 'GET' && method !== 'HEAD'

function contentSecurityPolicy(nonce: string): string {
  // While one develops, React evaluates code for its error traces and the overlay brings styles of its own.
  const isOpen = isDevelopment()
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isOpen ? " 'unsafe-eval'" : ''}`,
    isOpen ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
