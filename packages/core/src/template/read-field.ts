import { hexToBytes } from '../bytes.js'
import { parseDisplayHash } from '../chain/header.js'
import { TemplateError } from './template-error.js'

export type JsonObject = Readonly<Record<string, unknown>>

/** Readers of one JSON value each. `field` is its place in the template; each throws TemplateError with it. */
export function readObject(value: unknown, field: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw malformed(value, field, 'an object')
}

export function readArray(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw malformed(value, field, 'an array')
}

export function readText(value: unknown, field: string): string {
  if (typeof value === 'string') return value
  throw malformed(value, field, 'a text')
}

/** An integer from `min` to `max`, both inclusive. */
export function readInteger(value: unknown, field: string, min: number, max: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max)
    return value as number
  throw malformed(value, field, `an integer from ${min} to ${max}`)
}

export function readHex(value: unknown, field: string): Uint8Array {
  return decode(value, field, 'hex', hexToBytes)
}

/** A hash in display order; returned in internal order. */
export function readHash(value: unknown, field: string): Uint8Array {
  return decode(value, field, 'a hash of 64 hex digits', parseDisplayHash)
}

function decode(
  value: unknown,
  field: string,
  wanted: string,
  decoder: (hex: string) => Uint8Array,
): Uint8Array {
  const hex = readText(value, field)
  try {
    return decoder(hex)
  } catch {
    throw malformed(value, field, wanted)
  }
}

/** Longest piece of a wrong value that an error repeats. */
const SHOWN_LENGTH = 40

function malformed(value: unknown, field: string, wanted: string): TemplateError {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN_LENGTH)
  return new TemplateError('malformed-template', field, `${wanted} is needed, the node sent ${shown}`)
}
