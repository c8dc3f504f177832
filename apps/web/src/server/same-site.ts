import { siteOf } from './site'

/**
 * Whether a request that changes something comes from a page of another site, which may make a browser send it, with the
 * cookies it has. Browsers say so themselves (Fetch Metadata, else `Origin`); a program that is no browser says neither,
 * and has no cookies but its own.
 */
export function isCrossSite(headers: Headers, publicUrl: string | undefined): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  return origin !== null && origin !== siteOf(headers, publicUrl).origin
}

export const crossSite = (): Response =>
  new Response('Pages of other sites change nothing here.', { status: 403 })
