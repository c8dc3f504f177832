'use server'

import { endSessions } from '@headframe/db/account/session'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { requestContext } from '../runtime'
import { siteOf } from '../site'
import { cookieTerms } from './cookie'
import { sessionCookieName } from './current'
import { SESSION_TERMS } from './session-terms'
import { signIn } from './sign-in'

/*
 * What the forms of signing in and out do; they work without JavaScript. Next refuses a form that a page of another site
 * has sent (`Origin` against `Host`).
 */

/** What a form has to say after it was sent. */
export interface FormState {
  readonly problem?: string
}

const ACCOUNT = '/account'

export async function submitProof(_state: FormState, form: FormData): Promise<FormState> {
  const from = await headers()
  const context = await requestContext(from)
  const proof = { challenge: textOf(form, 'challenge'), signature: textOf(form, 'signature') }
  const proven = await signIn(context, proof, from.get('user-agent') ?? '', context.meter)
  if (!proven.ok) return { problem: proven.problem }
  const site = siteOf(from, context.publicUrl)
  const store = await cookies()
  store.set(sessionCookieName(site), proven.token, cookieTerms(site, SESSION_TERMS.maxAgeMs))
  return redirect(ACCOUNT)
}

export async function signOut(): Promise<void> {
  const from = await headers()
  const { viewer, database, nowMs, publicUrl } = await requestContext(from)
  if (viewer.kind === 'miner' && viewer.sessionId !== undefined)
    await endSessions(database.pool, viewer.minerId, { sessionId: viewer.sessionId }, nowMs())
  const site = siteOf(from, publicUrl)
  const store = await cookies()
  // A cookie with `__Host-` is only replaced by one with the same terms.
  store.set(sessionCookieName(site), '', cookieTerms(site, 0))
  redirect(ACCOUNT)
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
