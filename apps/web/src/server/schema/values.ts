import { z } from 'zod'

/**
 * How a bigint stands in JSON, which has none: satoshis as an integer, because all there will ever be (21e14) is below
 * 2^53; everything else as a decimal string. tRPC sends both as bigint.
 */
const UNITS = z.registry<{ readonly unit: 'sats' }>()

/** An amount in satoshis; the name of its field ends with `Sats`. */
export const sats = z.bigint().register(UNITS, { unit: 'sats' })

/** Whether it is `sats`, described in whatever way. */
export function isSats(schema: object): boolean {
  return UNITS.get(schema as z.ZodType) !== undefined
}

/** An integer that may be too large for a double: expected hashes, scores, numbers of rows. */
export const big = z.bigint()
/** Milliseconds since 1970, UTC; the name of its field ends with `AtMs`. */
export const timeMs = z.number()
export const count = z.number()
/** Hash of a block or transaction in display order, 64 hexadecimal digits. */
export const hash = z.string()

/** A field that may be undefined, and is absent in JSON then. Unlike `optional()`, whoever answers must mention it. */
export function maybe<T extends z.ZodType>(
  schema: T,
): z.ZodType<z.output<T> | undefined, z.input<T> | undefined> {
  return schema.optional()
}

/** A list that nobody may change. */
export function listOf<T extends z.ZodType>(schema: T) {
  return z.array(schema).readonly()
}
