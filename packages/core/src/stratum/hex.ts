import { hexToBytes } from '../bytes.js'

const WHOLE_BYTES = /^(?:[0-9a-fA-F]{2})*$/
const UP_TO_8_DIGITS = /^[0-9a-fA-F]{1,8}$/

/** One to eight hex digits as an unsigned 32-bit number, or undefined. Short forms mean leading zeros. */
export function parseHexU32(text: string): number | undefined {
  return UP_TO_8_DIGITS.test(text) ? Number.parseInt(text, 16) : undefined
}

/** Whole bytes from hex of either case, or undefined. Unlike `hexToBytes` it never throws: a peer wrote the text. */
export function parseHexBytes(text: string): Uint8Array | undefined {
  return WHOLE_BYTES.test(text) ? hexToBytes(text) : undefined
}

/** Eight lower-case digits, most significant first. */
export function formatHexU32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}
