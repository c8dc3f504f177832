import { timingSafeEqual } from 'node:crypto'
import { siteOf } from '../site'
import { nameOfCookie, valueOfCookie } from './cookie'
import { hashOfSecret } from './secret'

const COOKIE = 'view'
/** Of as many miners as somebody can look at by key; the one he opened longest ago goes. */
const MAX_KEYS = 8
const KEY = /^[A-Za-z0-9_-]{43}$/
const DAY_MS = 86_400_000
export const VIEW_COOKIE_AGE_MS = 90 * DAY_MS

export function isKeyOf(key: string, hash: Uint8Array): boolean {
  const own = hashOfSecret(key)
  return own.length === hash.length && timingSafeEqual(own, hash)
}

export function isViewKey(text: string): boolean {
  return KEY.test(text)
}

export const viewCookieName = (headers: Headers, publicUrl: string | undefined): string =>
  nameOfCookie(COOKIE, siteOf(headers, publicUrl))

/** The view keys that a browser has been given. */
export function readViewKeys(headers: Headers, publicUrl: string | undefined): string[] {
  const value = valueOfCookie(headers, viewCookieName(headers, publicUrl)) ?? ''
  return value.split('.').filter(isViewKey).slice(0, MAX_KEYS)
}

/** The cookie's value with one more key. */
export function withViewKey(keys: readonly string[], key: string): string {
  return [key, ...keys.filter((other) => other !== key)].slice(0, MAX_KEYS).join('.')
}
