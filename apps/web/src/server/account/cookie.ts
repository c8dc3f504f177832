import type { Site } from '../site'

/** A cookie of this server alone. Over HTTPS browsers take its name with `__Host-` from nobody else (RFC 6265bis). */
export const nameOfCookie = (name: string, { isSecure }: Site): string =>
  isSecure ? `__Host-headframe-${name}` : `headframe-${name}`

/** `lax`, so that links in messages lead to where they point; what changes something is refused cross-site. */
export const cookieTerms = ({ isSecure }: Site, maxAgeMs: number) =>
  ({
    httpOnly: true,
    secure: isSecure,
    sameSite: 'lax',
    path: '/',
    maxAge: Math.floor(maxAgeMs / 1000),
  }) as const

/** The value of a cookie in the headers of a request. */
export function valueOfCookie(headers: Headers, name: string): string | undefined {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return decodeURIComponent(pair.slice(at + 1).trim())
  }
  return undefined
}
