/** Under what address a browser sees this server. */
export interface Site {
  /** As in the header `Origin`. */
  readonly origin: string
  /** Without the port: what a passkey is bound to. */
  readonly host: string
  readonly isSecure: boolean
}

/**
 * By WEB_PUBLIC_URL where it is set; else by what the request says, which a proxy in front may have put there. A browser
 * binds passkeys and cookies to the address that it sees, whatever is said here, so a lie in these headers opens nothing.
 */
export function siteOf(headers: Headers, publicUrl: string | undefined): Site {
  const url = new URL(publicUrl ?? `${protocolOf(headers)}://${hostOf(headers)}`)
  return { origin: url.origin, host: url.hostname, isSecure: url.protocol === 'https:' }
}

const first = (value: string | null): string | undefined => value?.split(',', 1)[0]?.trim()

function protocolOf(headers: Headers): 'http' | 'https' {
  return first(headers.get('x-forwarded-proto')) === 'https' ? 'https' : 'http'
}

function hostOf(headers: Headers): string {
  const host = first(headers.get('x-forwarded-host')) ?? headers.get('host') ?? ''
  return URL.canParse(`http://${host}`) ? host : 'localhost'
}
