/** Terms below this part of the sum are left out. */
const NEGLIGIBLE = 1e-17

/**
 * Chance of `count` events or fewer where `mean` are expected. From the mean upwards it is more than a third, and given as
 * 1: nobody who asks wants to tell such chances apart.
 */
export function chanceOfAtMost(count: number, mean: number): number {
  if (count < 0) return 0
  if (count >= mean) return 1
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count))
  let sum = term
  for (let k = count; k > 0 && term > sum * NEGLIGIBLE; k--) {
    term *= k / mean
    sum += term
  }
  return Math.min(1, sum)
}

/** Stirling's series; exact to some ten digits from 10 on, and summed below. */
function logFactorial(n: number): number {
  let small = 0
  if (n < 10) {
    for (let k = 2; k <= n; k++) small += Math.log(k)
    return small
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
}
