/** Deepest nesting of a message. `mining.configure` needs three; the rest is room for extensions. */
export const MAX_JSON_DEPTH = 8

/** Most commas and colons of a message outside its strings: a bound on its values before any is made. */
export const MAX_JSON_SEPARATORS = 256

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/**
 * Asks, before anything is parsed, whether JSON text stays within the bounds. One pass over the bytes, no
 * allocation; text that is not JSON gets an answer too, and the parser has the last word on it.
 */
export function jsonBoundsFault(bytes: Uint8Array): 'too-deep' | 'too-many-values' | undefined {
  let depth = 0
  let separators = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) at = endOfString(bytes, at)
    else if (byte === COMMA || byte === COLON) separators++
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      if (++depth > MAX_JSON_DEPTH) return 'too-deep'
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth--
  }
  return separators > MAX_JSON_SEPARATORS ? 'too-many-values' : undefined
}

/** Index of the quote that closes the string opened at `start`, or the last index when nothing closes it. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}
