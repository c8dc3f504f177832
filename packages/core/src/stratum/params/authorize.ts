import type { MalformedParams } from './malformed-params.js'
import { readText } from './text.js'

export interface AuthorizeParams {
  /** As sent; `parseUsername` splits it. */
  readonly username: string
  /** No secret in mining, often `x`, sometimes options such as `d=1000`. Empty when missing. */
  readonly password: string
}

/** `mining.authorize`: [username, password?]. */
export function parseAuthorize(params: readonly unknown[]): AuthorizeParams | MalformedParams {
  const [username, password] = params
  if (typeof username !== 'string')
    return { malformed: 'mining.authorize needs a username as its first parameter' }
  return { username, password: readText(password) ?? '' }
}
