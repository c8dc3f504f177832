import 'server-only'
import type { OperatorSession } from '@headframe/db/operator/session'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { serverContext } from '../runtime'
import { siteOf } from '../site'
import type { OperatorViewer } from '../viewer'
import { cookieNameOf, cookieOptionsOf } from './cookie'
import { currentSession, viewerOf } from './current'

export const CONSOLE = '/console'
export const SIGN_IN = '/console/sign-in'
export const SECOND_FACTOR = '/console/second-factor'

export const sessionOfPage = cache(async (): Promise<OperatorSession | undefined> =>
  currentSession(serverContext(), await headers()),
)

export const siteOfPage = async () => siteOf(await headers(), serverContext().publicUrl)

/** Guards a page of the console: whoever is not in is sent to where he gets in. */
export async function operatorOfPage(): Promise<OperatorViewer> {
  const session = await sessionOfPage()
  const viewer = viewerOf(session)
  if (viewer !== undefined) return viewer
  return redirect(session === undefined ? SIGN_IN : SECOND_FACTOR)
}

/** For the page of the second factor: the session of whoever has shown his password. */
export async function halfSessionOfPage(): Promise<OperatorSession> {
  const session = await sessionOfPage()
  if (session === undefined) redirect(SIGN_IN)
  if (viewerOf(session) !== undefined) redirect(CONSOLE)
  return session
}

export async function setSessionCookie(token: string): Promise<void> {
  const site = await siteOfPage()
  ;(await cookies()).set(cookieNameOf(site), token, cookieOptionsOf(site))
}

export async function dropSessionCookie(): Promise<void> {
  const site = await siteOfPage()
  ;(await cookies()).set(cookieNameOf(site), '', { ...cookieOptionsOf(site), maxAge: 0 })
}
