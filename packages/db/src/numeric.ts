/**
 * Whole numbers beyond 64 bits. SQL columns of type numeric arrive as text from pg and as Decimal from Prisma; both
 * hold every digit. `toFixed` and not `toString`: a Decimal writes large numbers with an exponent.
 */
export function bigintOfNumeric(value: string | { toFixed(digits: number): string }): bigint {
  return BigInt(typeof value === 'string' ? value : value.toFixed(0))
}
