import { minerPath } from '../../../../my-miner/miner-path'
import { cookieTerms } from '../../../../server/account/cookie'
import {
  isViewKey,
  readViewKeys,
  VIEW_COOKIE_AGE_MS,
  viewCookieName,
  withViewKey,
} from '../../../../server/account/view-key'
import { serverContext } from '../../../../server/runtime'
import { siteOf } from '../../../../server/site'
import { NextResponse } from 'next/server'

export const dynamic = 'force-dynamic'

interface RouteProps {
  readonly params: Promise<{ address: string; key: string }>
}

/**
 * Opens the pages of a miner who is not listed. The key moves into a cookie at once, so that it stands in no link that is
 * copied from there, and goes to no other site as a referrer. Whether it is right, the page itself shows.
 */
export async function GET(request: Request, { params }: RouteProps): Promise<Response> {
  const { address, key } = await params
  const { publicUrl } = serverContext()
  const site = siteOf(request.headers, publicUrl)
  const response = new NextResponse(null, {
    status: 303,
    headers: {
      location: minerPath(address) ?? '/',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  })
  if (!isViewKey(key)) return response
  const keys = withViewKey(readViewKeys(request.headers, publicUrl), key)
  response.cookies.set(
    viewCookieName(request.headers, publicUrl),
    keys,
    cookieTerms(site, VIEW_COOKIE_AGE_MS),
  )
  return response
}
