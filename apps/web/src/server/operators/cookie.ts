import { SESSION_TERMS } from './session-terms'
import type { Site } from '../site'

/** A browser takes a cookie of that name over HTTPS alone, and from this host alone. */
const SECURE_NAME = '__Host-headframe-console'
/** Where the console is opened by plain HTTP, as on the operator's own machine. */
const PLAIN_NAME = 'headframe-console'

export const cookieNameOf = ({ isSecure }: Site): string => (isSecure ? SECURE_NAME : PLAIN_NAME)

/** `lax`, so that a link in an alarm's message leads to where it points; what changes something is refused cross-site. */
export const cookieOptionsOf = ({ isSecure }: Site) =>
  ({
    httpOnly: true,
    secure: isSecure,
    sameSite: 'lax',
    path: '/',
    maxAge: SESSION_TERMS.maxAgeMs / 1000,
  }) as const

/** The value of a cookie in the header of a request. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
