'use server'

import { endSession } from '@headframe/db/operator/session'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { serverContext } from '../runtime'
import { viewerOf } from './current'
import { enrol } from './enrol'
import {
  CONSOLE,
  dropSessionCookie,
  SECOND_FACTOR,
  sessionOfPage,
  setSessionCookie,
  SIGN_IN,
  siteOfPage,
} from './page'
import { askPasskey, beginPasskey, enrolPasskey, showPasskey } from './passkey'
import type { ProposedTotp } from './one-time-code'
import { confirmTotp, showCode } from './second-factor'
import { proposeOneTimeCodes } from './spare-codes'
import { signIn } from './sign-in'

/*
 * What the forms of signing in do. Each is a call that any browser can make: what it may do is asked of the session
 * here, by the functions that it hands on to.
 */

/** What a form has to say after it was sent. */
export interface FormState {
  readonly problem?: string
  /** What was typed and need not be typed again: a form is emptied when it was sent. */
  readonly kept?: string
  /** Shown once. */
  readonly recoveryCodes?: readonly string[]
}

export async function submitPassword(_state: FormState, form: FormData): Promise<FormState> {
  const credentials = { name: textOf(form, 'name'), password: textOf(form, 'password') }
  const signedIn = await signIn(serverContext(), credentials, await userAgent())
  if (!signedIn.ok) return { problem: signedIn.problem, kept: credentials.name }
  await setSessionCookie(signedIn.token)
  return redirect(SECOND_FACTOR)
}

export async function submitEnrolment(_state: FormState, form: FormData): Promise<FormState> {
  const given = { code: textOf(form, 'code'), password: textOf(form, 'password') }
  const enrolled = await enrol(serverContext(), given, await userAgent())
  if (!enrolled.ok) return { problem: enrolled.problem, kept: given.code }
  await setSessionCookie(enrolled.token)
  return redirect(SECOND_FACTOR)
}

/** The second half of signing in. */
export async function submitCode(_state: FormState, form: FormData): Promise<FormState> {
  const problem = await confirmWithCode(textOf(form, 'code'))
  if (problem !== undefined) return { problem }
  return redirect(CONSOLE)
}

/** The same, by somebody who is in: dangerous actions ask for it again. Returns what is wrong. */
export async function confirmWithCode(code: unknown): Promise<string | undefined> {
  const session = await sessionOfPage()
  if (session === undefined || typeof code !== 'string') return OVER
  const shown = await showCode(serverContext(), session, code)
  return shown.ok ? undefined : shown.problem
}

/** The first code of a new secret. */
export async function submitFirstCode(_state: FormState, form: FormData): Promise<FormState> {
  const session = await sessionOfPage()
  if (session === undefined) return { problem: OVER }
  const confirmed = await confirmTotp(serverContext(), session, textOf(form, 'code'))
  return confirmed.ok ? { recoveryCodes: confirmed.recoveryCodes } : { problem: confirmed.problem }
}

export async function startPasskey(): Promise<PublicKeyCredentialCreationOptionsJSON | undefined> {
  const session = await sessionOfPage()
  // To follow his link, or to have another on his account page.
  if (session === undefined || !(session.isEnrolment || viewerOf(session) !== undefined)) return undefined
  return beginPasskey(serverContext(), session, await siteOfPage())
}

/** What an authenticator app is to know before its first code puts it in force, on his account page. */
export async function startOneTimeCodes(): Promise<ProposedTotp | string> {
  const session = await sessionOfPage()
  if (session === undefined || viewerOf(session) === undefined) return OVER
  const proposed = await proposeOneTimeCodes(serverContext(), session, await siteOfPage())
  return proposed.ok ? proposed.totp : proposed.problem
}

export async function submitFirstPasskey(response: RegistrationResponseJSON): Promise<FormState> {
  const session = await sessionOfPage()
  if (session?.isEnrolment !== true) return { problem: OVER }
  const made = await enrolPasskey(serverContext(), session, await siteOfPage(), response)
  return made.ok ? { recoveryCodes: made.recoveryCodes } : { problem: made.problem }
}

export async function startPasskeyCheck(): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const session = await sessionOfPage()
  return session && askPasskey(serverContext(), session, await siteOfPage())
}

/** Returns what is wrong. */
export async function confirmWithPasskey(response: AuthenticationResponseJSON): Promise<string | undefined> {
  const session = await sessionOfPage()
  if (session === undefined) return OVER
  const shown = await showPasskey(serverContext(), session, await siteOfPage(), response)
  return shown.ok ? undefined : shown.problem
}

export async function signOut(): Promise<void> {
  const session = await sessionOfPage()
  const { database, nowMs } = serverContext()
  if (session !== undefined) await endSession(database.pool, session.operatorId, session.id, nowMs())
  await dropSessionCookie()
  redirect(SIGN_IN)
}

const OVER = 'Your session is over. Sign in again.'

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const userAgent = async (): Promise<string> => (await headers()).get('user-agent') ?? ''
