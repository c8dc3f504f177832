/**
 * How surprising it is to count `count` shares where `expected` were due, if shares come as a Poisson process:
 * the logarithm of the likelihood ratio between the rate seen and the rate assumed, at least 0. By Chernoff's bound
 * the chance of a count as far off, on that side, is at most e^-surprise. Both may be fractional.
 */
export function surpriseOf(count: number, expected: number): number {
  if (count === 0) return expected
  return expected > 0 ? count * Math.log(count / expected) - count + expected : Infinity
}
