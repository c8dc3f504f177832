import type { MalformedParams } from './params/malformed-params.js'

/** Longest address text that is looked at; BIP 173 allows 90 characters. */
export const MAX_ADDRESS_CHARS = 90

/** Longest worker name, UTF-8 bytes: what a journal record holds. */
export const MAX_WORKER_NAME_BYTES = 255

/** A name as miners write it, split but not judged: whether `address` is one, `parseAddress` says. */
export interface Username {
  readonly address: string
  /** Empty when the miner named none. */
  readonly workerName: string
}

const utf8 = new TextEncoder()

/** What must not stand in a name that is shown to others: control, lone surrogate, line break, text direction. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/**
 * Splits `address`, `address.worker` or `address_worker` at the first dot or underscore, neither of which can
 * stand in an address. The worker name is any printable text, with spaces at its ends removed; a name that is too
 * long is refused and not cut, because two workers could become one.
 */
export function parseUsername(username: string): Username | MalformedParams {
  const at = username.search(/[._]/)
  const address = (at === -1 ? username : username.slice(0, at)).trim()
  const workerName = at === -1 ? '' : username.slice(at + 1).trim()
  if (address === '') return { malformed: 'The username must start with a Bitcoin address' }
  if (address.length > MAX_ADDRESS_CHARS || UNPRINTABLE.test(address)) {
    return { malformed: 'The username must be ADDRESS or ADDRESS.WORKER' }
  }
  if (UNPRINTABLE.test(workerName))
    return { malformed: 'The worker name has characters that cannot be shown' }
  if (utf8.encode(workerName).length > MAX_WORKER_NAME_BYTES) {
    return { malformed: `The worker name is longer than ${MAX_WORKER_NAME_BYTES} bytes` }
  }
  return { address, workerName }
}
